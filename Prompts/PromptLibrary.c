#include "PromptLibrary.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// One array and one row of the table for each file of this folder.

static const unsigned char _certainty_prompt[] = {
#embed "_certainty.prompt"
};

static const unsigned char _clock_prompt[] = {
#embed "_clock.prompt"
};

static const unsigned char _clues_prompt[] = {
#embed "_clues.prompt"
};

static const unsigned char _context_prompt[] = {
#embed "_context.prompt"
};

static const unsigned char _known_speakers_prompt[] = {
#embed "_known-speakers.prompt"
};

static const unsigned char _speech_prompt[] = {
#embed "_speech.prompt"
};

static const unsigned char _who_prompt[] = {
#embed "_who.prompt"
};

static const unsigned char action_items_prompt[] = {
#embed "action-items.prompt"
};

static const unsigned char baseline_prompt[] = {
#embed "baseline.prompt"
};

static const unsigned char chapters_prompt[] = {
#embed "chapters.prompt"
};

static const unsigned char identify_speakers_prompt[] = {
#embed "identify-speakers.prompt"
};

static const unsigned char questions_prompt[] = {
#embed "questions.prompt"
};

static const unsigned char quotes_prompt[] = {
#embed "quotes.prompt"
};

static const unsigned char sounds_prompt[] = {
#embed "sounds.prompt"
};

static const unsigned char summary_prompt[] = {
#embed "summary.prompt"
};

static const unsigned char transcribe_audio_prompt[] = {
#embed "transcribe-audio.prompt"
};

static const unsigned char transcribe_evidence_prompt[] = {
#embed "transcribe-evidence.prompt"
};

static const unsigned char transcribe_names_first_prompt[] = {
#embed "transcribe-names-first.prompt"
};

static const unsigned char transcribe_sources_prompt[] = {
#embed "transcribe-sources.prompt"
};

static const unsigned char transcribe_prompt[] = {
#embed "transcribe.prompt"
};

static const unsigned char translation_prompt[] = {
#embed "translation.prompt"
};

static const unsigned char voices_prompt[] = {
#embed "voices.prompt"
};

static const EmbeddedFile files[] = {
    {"_certainty.prompt", _certainty_prompt, sizeof _certainty_prompt},
    {"_clock.prompt", _clock_prompt, sizeof _clock_prompt},
    {"_clues.prompt", _clues_prompt, sizeof _clues_prompt},
    {"_context.prompt", _context_prompt, sizeof _context_prompt},
    {"_known-speakers.prompt", _known_speakers_prompt, sizeof _known_speakers_prompt},
    {"_speech.prompt", _speech_prompt, sizeof _speech_prompt},
    {"_who.prompt", _who_prompt, sizeof _who_prompt},
    {"action-items.prompt", action_items_prompt, sizeof action_items_prompt},
    {"baseline.prompt", baseline_prompt, sizeof baseline_prompt},
    {"chapters.prompt", chapters_prompt, sizeof chapters_prompt},
    {"identify-speakers.prompt", identify_speakers_prompt, sizeof identify_speakers_prompt},
    {"questions.prompt", questions_prompt, sizeof questions_prompt},
    {"quotes.prompt", quotes_prompt, sizeof quotes_prompt},
    {"sounds.prompt", sounds_prompt, sizeof sounds_prompt},
    {"summary.prompt", summary_prompt, sizeof summary_prompt},
    {"transcribe-audio.prompt", transcribe_audio_prompt, sizeof transcribe_audio_prompt},
    {"transcribe-evidence.prompt", transcribe_evidence_prompt, sizeof transcribe_evidence_prompt},
    {"transcribe-names-first.prompt", transcribe_names_first_prompt, sizeof transcribe_names_first_prompt},
    {"transcribe-sources.prompt", transcribe_sources_prompt, sizeof transcribe_sources_prompt},
    {"transcribe.prompt", transcribe_prompt, sizeof transcribe_prompt},
    {"translation.prompt", translation_prompt, sizeof translation_prompt},
    {"voices.prompt", voices_prompt, sizeof voices_prompt},
};

const EmbeddedFile *prompt_library(void) { return files; }
const size_t prompt_library_count = sizeof files / sizeof *files;
