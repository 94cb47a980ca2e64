"""One YouTube video to two tables and an HTML file, the usual way: google-genai, pydantic, pandas."""

import sys

import pandas
import pydantic
from google import genai
from google.genai import types


class Transcript(pydantic.BaseModel):
    start: str
    text: str
    voice: int


class Speaker(pydantic.BaseModel):
    voice: int
    name: str
    company: str
    position: str
    role: str


class VideoTranscription(pydantic.BaseModel):
    task1_transcripts: list[Transcript]
    task2_speakers: list[Speaker]


def main(base_url: str, video: str, html_path: str) -> None:
    client = genai.Client(
        api_key="benchmark",
        http_options=types.HttpOptions(base_url=base_url, api_version="v1beta"),
    )
    reply = client.models.generate_content(
        model="gemini-3.5-flash-lite",
        contents=[
            types.Part(file_data=types.FileData(file_uri=video, mime_type="video/*")),
            "Transcribe the video, then say who each voice is.",
        ],
        config=types.GenerateContentConfig(
            seed=42,
            response_mime_type="application/json",
            response_schema=VideoTranscription,
        ),
    )
    transcripts = pandas.DataFrame(row.model_dump() for row in reply.parsed.task1_transcripts)
    speakers = pandas.DataFrame(row.model_dump() for row in reply.parsed.task2_speakers)
    names = speakers.set_index("voice")["name"]
    transcripts["speaker"] = transcripts["voice"].map(names)
    with open(html_path, "w", encoding="utf-8") as page:
        page.write(speakers.style.hide(axis="index").to_html())
        page.write(transcripts.style.hide(axis="index").to_html())


if __name__ == "__main__":
    main(*sys.argv[1:])
