#!/usr/bin/env python3
"""Runs Google's own Python SDK, unmodified but for its base URL, against an emulator.

usage: check_sdk.py URL SAMPLE.webm SAMPLE.json

Each step compares what the SDK understood with what is known of the sample. Prints one line a step
and the number of checks; ends with status 1 when any failed.
"""

import json
import os
import sys
import time
from typing import Literal, Optional

from google import genai
from google.auth import credentials
from google.genai import errors, types
from pydantic import BaseModel

MODEL = "gemini-3.5-flash-lite"
CACHING_MODEL = "gemini-3.8-flash"


class Transcript(BaseModel):
    start: str
    text: str
    voice: int


class Speaker(BaseModel):
    voice: int
    name: str
    company: str
    position: str
    role: str


class Transcription(BaseModel):
    task1_transcripts: list[Transcript]
    task2_speakers: list[Speaker]


class AnonymousToken(credentials.Credentials):
    """A token that needs nobody to grant it."""

    def __init__(self):
        super().__init__()
        self.token = "any-token"

    def refresh(self, request):
        del request


class Checks:
    """Counts checks; a failed one is printed and remembered."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.step = ""

    def equal(self, what, found, expected):
        if found == expected:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.step}: {what} is {found!r}, not {expected!r}")

    def true(self, what, condition):
        self.equal(what, bool(condition), True)

    def raises(self, what, code, call):
        try:
            call()
        except errors.APIError as error:
            self.equal(what, error.code, code)
        else:
            self.equal(what, None, code)


def rows(transcription):
    return [(row.start, row.text, row.voice) for row in transcription.task1_transcripts]


def expected_rows(reference):
    return [(row["start"], row["text"], row["voice"]) for row in reference["task1_transcripts"]]


def config(**more):
    return types.GenerateContentConfig(
        response_mime_type="application/json", response_schema=Transcription, **more
    )


def models(check, client, _):
    names = [model.name for model in client.models.list()]
    check.true("the list holds the model", f"models/{MODEL}" in names)
    model = client.models.get(model=MODEL)
    check.equal("the output limit", model.output_token_limit, 65536)
    check.raises("an unknown model", 404, lambda: client.models.get(model="gemini-0"))


def files(check, client, context):
    file = client.files.upload(
        file=context["video"],
        config=types.UploadFileConfig(display_name="the sample", mime_type="video/webm"),
    )
    check.equal("the display name", file.display_name, "the sample")
    check.equal("the size", file.size_bytes, os.path.getsize(context["video"]))
    deadline = time.monotonic() + 30
    while file.state == types.FileState.PROCESSING and time.monotonic() < deadline:
        time.sleep(0.05)
        file = client.files.get(name=file.name)
    check.equal("the state", file.state, types.FileState.ACTIVE)
    check.true("it is listed", file.name in [one.name for one in client.files.list()])
    context["file"] = file


def large_upload(check, client, context):
    path = context["video"] + ".large"
    size = 3 * 8 * 1024 * 1024 + 12345
    with open(path, "wb") as large:
        large.truncate(size)
    try:
        file = client.files.upload(file=path, config={"mime_type": "text/plain"})
        check.equal("the size", file.size_bytes, size)
        client.files.delete(name=file.name)
    finally:
        os.remove(path)


def generate(check, client, context):
    response = client.models.generate_content(
        model=MODEL, contents=[context["file"], "Transcribe."], config=config(seed=42)
    )
    check.equal("the rows", rows(response.parsed), expected_rows(context["reference"]))
    check.equal(
        "the speakers",
        [speaker.model_dump() for speaker in response.parsed.task2_speakers],
        context["reference"]["task2_speakers"],
    )
    check.equal("the reason", response.candidates[0].finish_reason, types.FinishReason.STOP)
    usage = response.usage_metadata
    details = {one.modality.value: one.token_count for one in usage.prompt_tokens_details}
    check.equal("tokens of 99 frames", details["VIDEO"], 99 * 66)
    check.equal("tokens of 98.1 s of sound", details["AUDIO"], 2453)
    check.equal(
        "the sum", usage.total_token_count, usage.prompt_token_count + usage.candidates_token_count
    )


def clip(check, client, context):
    part = types.Part(
        file_data=types.FileData(file_uri=context["file"].uri, mime_type="video/webm"),
        video_metadata=types.VideoMetadata(start_offset="30s", end_offset="60s", fps=2),
    )
    response = client.models.generate_content(
        model=MODEL,
        contents=[part, "Transcribe."],
        config=config(media_resolution=types.MediaResolution.MEDIA_RESOLUTION_HIGH),
    )
    within = [
        row["text"]
        for row in context["reference"]["task1_transcripts"]
        if 30_000 <= row["startMS"] < 60_000
    ]
    check.equal("the rows", [row.text for row in response.parsed.task1_transcripts], within)
    details = response.usage_metadata.prompt_tokens_details
    check.equal(
        "tokens of 60 frames",
        [one.token_count for one in details if one.modality.value == "VIDEO"],
        [60 * 264],
    )


def modalities(counts):
    return {one.modality.value: one.token_count for one in counts}


def sound_clip(check, client, _):
    """Sound is cut by fields of its own; a video's fields do not cut it."""
    part = types.Part(
        file_data=types.FileData(file_uri="https://example.org/talk.mp3", mime_type="audio/mp3"),
        audio_metadata=types.AudioMetadata(start_offset="60s", end_offset="120s"),
    )
    response = client.models.generate_content(
        model=MODEL, contents=[part, "Transcribe."], config=config()
    )
    details = modalities(response.usage_metadata.prompt_tokens_details)
    check.equal("tokens of 60 s of sound", details["AUDIO"], 60 * 25)
    starts = [row.start for row in response.parsed.task1_transcripts]
    check.true("rows of the second minute", all(start.startswith("01:") for start in starts))


def layers(check, client, context):
    """Sound alone, then pictures alone, of the same video."""
    for layer, expected in (("AUDIO", {"AUDIO": 750}), ("FRAMES", {"VIDEO": 60 * 66})):
        part = types.Part(
            file_data=types.FileData(file_uri=context["file"].uri, mime_type="video/webm"),
            video_metadata=types.VideoMetadata(
                start_offset="30s", end_offset="60s", fps=2, content_layers=[layer]
            ),
        )
        counted = client.models.count_tokens(
            model=MODEL, contents=[types.Content(role="user", parts=[part])]
        )
        check.equal(f"tokens of {layer}", counted.total_tokens, sum(expected.values()))
        response = client.models.generate_content(model=MODEL, contents=[part])
        details = modalities(response.usage_metadata.prompt_tokens_details)
        check.equal(f"billed tokens of {layer}", details, expected)


def interaction_sound(check, client, context):
    """An interaction that is not stored, about a clip of sound and a video's sound."""
    part = {
        "type": "audio",
        "uri": "https://example.org/talk.mp3",
        "mime_type": "audio/mp3",
        "processing": {"type": "static", "start_offset": "60s", "end_offset": "120s"},
    }
    video = {
        "type": "video",
        "uri": context["file"].uri,
        "mime_type": "video/webm",
        "processing": {"type": "static", "content_layers": ["audio"]},
    }
    for media, expected in ((part, 1500), (video, 2453)):
        answer = client.interactions.create(
            model=MODEL, store=False, input=[media, {"type": "text", "text": "Transcribe."}]
        )
        tokens = {one.modality: one.tokens for one in answer.usage.input_tokens_by_modality}
        check.equal(f"tokens of the {media['type']}", tokens.get("audio"), expected)
        check.true("no frames", "video" not in tokens)


def json_schema(check, client, context):
    response = client.models.generate_content(
        model=MODEL,
        contents=[context["file"], "Transcribe."],
        config=types.GenerateContentConfig(
            response_mime_type="application/json",
            response_json_schema=Transcription.model_json_schema(),
        ),
    )
    found = Transcription.model_validate_json(response.text)
    check.equal("the rows", rows(found), expected_rows(context["reference"]))


def optional_schema(check, client, _):
    class Line(BaseModel):
        start: str
        text: Optional[str] = None
        mood: Literal["calm", "tense"]

    response = client.models.generate_content(
        model=MODEL,
        contents=["Invent a dialogue."],
        config=types.GenerateContentConfig(
            response_mime_type="application/json", response_schema=list[Line]
        ),
    )
    check.true("made-up rows", len(response.parsed) > 0)
    check.true("moods of the list", {line.mood for line in response.parsed} <= {"calm", "tense"})


def stream(check, client, context):
    chunks = list(
        client.models.generate_content_stream(
            model=MODEL, contents=[context["file"], "Transcribe."], config=config()
        )
    )
    check.true("several chunks", len(chunks) > 5)
    found = Transcription.model_validate_json("".join(chunk.text or "" for chunk in chunks))
    check.equal("the rows", rows(found), expected_rows(context["reference"]))
    check.equal(
        "the reasons",
        [chunk.candidates[0].finish_reason for chunk in chunks if chunk.candidates[0].finish_reason],
        [types.FinishReason.STOP],
    )


def count(check, client, context):
    counted = client.models.count_tokens(model=MODEL, contents=[context["file"], "two words"])
    check.equal("the tokens", counted.total_tokens, 99 * 66 + 2453 + 2)


def implicit_cache(check, client, context):
    usages = []
    for question in ("Who speaks first?", "Who speaks last?"):
        response = client.models.generate_content(
            model=CACHING_MODEL, contents=[context["file"], question]
        )
        usages.append(response.usage_metadata.cached_content_token_count)
    check.equal("cached tokens", usages, [None, 99 * 66 + 2453])


def caches(check, client, context):
    cache = client.caches.create(
        model=CACHING_MODEL,
        config=types.CreateCachedContentConfig(
            contents=[context["file"]],
            system_instruction="You transcribe.",
            display_name="the sample",
            ttl="600s",
        ),
    )
    tokens = 99 * 66 + 2453 + 4
    check.equal("the tokens", cache.usage_metadata.total_token_count, tokens)
    response = client.models.generate_content(
        model=CACHING_MODEL, contents="Transcribe.", config=config(cached_content=cache.name)
    )
    check.equal("the rows", rows(response.parsed), expected_rows(context["reference"]))
    check.equal("cached tokens", response.usage_metadata.cached_content_token_count, tokens)
    longer = client.caches.update(
        name=cache.name, config=types.UpdateCachedContentConfig(ttl="7200s")
    )
    check.true("it lives longer", longer.expire_time > cache.expire_time)
    check.equal("getting it", client.caches.get(name=cache.name).display_name, "the sample")
    check.true("it is listed", cache.name in [one.name for one in client.caches.list()])
    client.caches.delete(name=cache.name)
    check.raises("using it afterwards", 403, lambda: client.caches.get(name=cache.name))
    check.raises(
        "too small a cache",
        400,
        lambda: client.caches.create(
            model=CACHING_MODEL, config=types.CreateCachedContentConfig(contents=["short"])
        ),
    )


def finished(client, batch):
    deadline = time.monotonic() + 30
    while not batch.done and time.monotonic() < deadline:
        time.sleep(0.05)
        batch = client.batches.get(name=batch.name)
    return batch


def batches(check, client, context):
    request = types.InlinedRequest(
        contents=[
            types.Content(
                role="user",
                parts=[
                    types.Part.from_uri(file_uri=context["file"].uri, mime_type="video/webm"),
                    types.Part.from_text(text="Transcribe."),
                ],
            )
        ],
        metadata={"key": "one"},
        config=config(),
    )
    batch = client.batches.create(
        model=MODEL, src=[request, request], config={"display_name": "two"}
    )
    check.equal("it begins", batch.state, types.JobState.JOB_STATE_PENDING)
    batch = finished(client, batch)
    check.equal("it ends", batch.state, types.JobState.JOB_STATE_SUCCEEDED)
    texts = [one.response.text for one in batch.dest.inlined_responses]
    check.equal("two answers", len(texts), 2)
    for text in texts:
        found = Transcription.model_validate_json(text)
        check.equal("the rows", rows(found), expected_rows(context["reference"]))
    check.true("it is listed", batch.name in [one.name for one in client.batches.list()])
    client.batches.delete(name=batch.name)


def batch_of_a_file(check, client, context):
    path = context["video"] + ".jsonl"
    with open(path, "w", encoding="utf-8") as lines:
        for key in ("a", "b"):
            body = {"contents": [{"parts": [{"text": key}]}]}
            print(json.dumps({"key": key, "request": body}), file=lines)
    source = client.files.upload(file=path, config={"mime_type": "jsonl"})
    os.remove(path)
    batch = finished(client, client.batches.create(model=MODEL, src=source.name))
    check.equal("it ends", batch.state, types.JobState.JOB_STATE_SUCCEEDED)
    text = client.files.download(file=batch.dest.file_name).decode()
    answers = [json.loads(line) for line in text.splitlines()]
    check.equal("the keys", [answer["key"] for answer in answers], ["a", "b"])
    check.true("every answer", all("candidates" in answer["response"] for answer in answers))


def interactions(check, client, context):
    content = [
        {
            "type": "video",
            "uri": context["file"].uri,
            "mime_type": "video/webm",
            "processing": {"type": "static", "start_offset": "30s", "end_offset": "60s"},
        },
        {"type": "text", "text": "Transcribe."},
    ]
    response_format = {
        "type": "text",
        "mime_type": "application/json",
        "schema": Transcription.model_json_schema(),
    }
    first = client.interactions.create(
        model=MODEL, input=content, response_format=response_format
    )
    check.equal("the status", first.status, "completed")
    found = Transcription.model_validate_json(first.output_text)
    within = [
        row["text"]
        for row in context["reference"]["task1_transcripts"]
        if 30_000 <= row["startMS"] < 60_000
    ]
    check.equal("the rows", [row.text for row in found.task1_transcripts], within)
    check.equal(
        "tokens of 30 s", first.usage.total_input_tokens, 30 * 66 + 750 + 3
    )
    events = list(
        client.interactions.create(
            model=MODEL, input=content, response_format=response_format, stream=True
        )
    )
    streamed = "".join(
        event.delta.text for event in events if event.event_type == "step.delta"
    )
    check.equal("the streamed text", streamed, first.output_text)
    check.equal("the last event", events[-1].event_type, "interaction.completed")
    second = client.interactions.create(
        model=MODEL, input="And then?", previous_interaction_id=first.id
    )
    check.true(
        "the first turn counts", second.usage.total_input_tokens > first.usage.total_input_tokens
    )
    check.equal("getting it", client.interactions.get(first.id).id, first.id)
    waiting = client.interactions.create(model=MODEL, input="a", background=True)
    check.equal("in the background", waiting.status, "in_progress")
    check.equal("cancelled", client.interactions.cancel(waiting.id).status, "cancelled")
    client.interactions.delete(first.id)


def platform(check, client, context):
    client = genai.Client(
        enterprise=True,
        project="project",
        location="global",
        credentials=AnonymousToken(),
        http_options=context["http"],
    )
    part = types.Part.from_uri(file_uri="gs://bucket/sample.webm", mime_type="video/webm")
    response = client.models.generate_content(
        model=MODEL, contents=[part, "Transcribe."], config=config(labels={"job": "check"})
    )
    check.equal("the rows", rows(response.parsed), expected_rows(context["reference"]))
    check.equal("the traffic", response.usage_metadata.traffic_type, types.TrafficType.ON_DEMAND)
    counted = client.models.count_tokens(model=MODEL, contents="two words")
    check.equal("the count", counted.total_tokens, 2)
    cache = client.caches.create(
        model=CACHING_MODEL, config=types.CreateCachedContentConfig(contents=[part], ttl="600s")
    )
    check.true("a cache of the project", cache.name.startswith("projects/project/locations/"))
    client.caches.delete(name=cache.name)


def refusals(check, client, context):
    part = types.Part(
        file_data=types.FileData(file_uri=context["file"].uri, mime_type="video/webm"),
        video_metadata=types.VideoMetadata(fps=30),
    )
    check.raises(
        "30 frames a second",
        400,
        lambda: client.models.generate_content(model=MODEL, contents=[part]),
    )
    check.raises(
        "a level the model lacks",
        400,
        lambda: client.models.generate_content(
            model=CACHING_MODEL,
            contents=["a"],
            config=types.GenerateContentConfig(
                thinking_config=types.ThinkingConfig(thinking_level=types.ThinkingLevel.MINIMAL)
            ),
        ),
    )
    stranger = genai.Client(api_key="invalid-key", http_options=context["http"])
    check.raises("an unknown key", 400, lambda: list(stranger.models.list()))


def delete(check, client, context):
    name = context["file"].name
    client.files.delete(name=name)
    check.true("it is gone", name not in [one.name for one in client.files.list()])
    check.raises("getting it", 403, lambda: client.files.get(name=name))


STEPS = [
    models, files, large_upload, generate, clip, sound_clip, layers, json_schema, optional_schema,
    stream, count, implicit_cache, caches, batches, batch_of_a_file, interactions, interaction_sound,
    platform, refusals, delete,
]


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    url, video, reference = sys.argv[1:]
    http = types.HttpOptions(base_url=url)
    client = genai.Client(api_key="any-key", http_options=http)
    context = {"video": video, "http": http, "url": url}
    with open(reference, encoding="utf-8") as text:
        context["reference"] = json.load(text)
    check = Checks()
    for step in STEPS:
        check.step = step.__name__.replace("_", " ")
        before = check.failed
        try:
            step(check, client, context)
        except Exception as error:  # a step that breaks must not hide the ones after it
            check.failed += 1
            print(f"FAILED {check.step}: {type(error).__name__}: {error}")
        print(f"{'ok' if check.failed == before else 'not ok'} {check.step}")
    print(f"{genai.__version__}: {check.passed} checks passed, {check.failed} failed")
    sys.exit(1 if check.failed else 0)


if __name__ == "__main__":
    main()
