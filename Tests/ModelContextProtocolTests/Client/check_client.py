"""Every tool of `tabscribe mcp` through the protocol's own client, in each revision both speak.

The client checks every message against the schema of the revision; this script checks what is said.
"""

import asyncio
import json
import os
import sys

from mcp import Client, StdioServerParameters, stdio_client

PROGRAM, FOLDER = sys.argv[1:]
READING = ["search", "rows", "speakers", "runs", "plan"]


def server(*arguments):
    keep = ["HOME", "PATH", "TABSCRIBE_HOME", "GOOGLE_GEMINI_BASE_URL", "GEMINI_API_KEY"]
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    return stdio_client(
        StdioServerParameters(
            command=PROGRAM, args=["mcp", *arguments], env=environment, cwd=FOLDER
        )
    )


async def call(client, tool, **arguments):
    """What a tool answers; the text says the same as the structure."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    assert "test-key-of-the-check" not in result.content[0].text
    return result.structured_content


async def refusal(client, tool, **arguments):
    """Why a tool does not do what it is asked to."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error, result.content
    return result.content[0].text


async def check_reading(client):
    assert [tool.name for tool in (await client.list_tools()).tools] == READING
    assert all(t.annotations.read_only_hint for t in (await client.list_tools()).tools)
    hits = (await call(client, "search", words=["mould"], limit=3))["hits"]
    hit = next(hit for hit in hits if hit["table"] is None)
    page = await call(client, "rows", transcript=hit["item"], first=hit["row"], count=2)
    assert page["rows"][0]["text"] == hit["text"] and len(page["rows"]) == 2
    assert page["rows"][0]["startMS"] == hit["startMS"] and page["next"] == hit["row"] + 2
    assert page["rows"][0]["speaker"] == hit["speaker"]
    assert await call(client, "rows", transcript="sample.json", first=hit["row"], count=2)
    people = (await call(client, "speakers", transcript="last"))["speakers"]
    assert hit["speaker"] in [person.get("name") for person in people]
    listed = await call(client, "runs")
    assert hit["item"] in [entry["transcript"] for entry in listed["transcripts"]]
    plan = await call(client, "plan", sources=["sample.webm"], prompt=["transcribe"], force=True)
    assert plan["total"]["requests"] == 1
    assert "neither a file nor a run" in await refusal(client, "rows", transcript="20200101")
    for path in ["/etc/passwd", "../home/tabscribe.db", "../address", "-", "~/x.json"]:
        assert "no " in await refusal(client, "plan", sources=[path]), path
        assert await refusal(client, "rows", transcript=path), path
    assert "derive" in str(await failure(client, "derive", recipes=["summary"]))


async def failure(client, tool, **arguments):
    """The error of the protocol for a call that no tool can take."""
    try:
        await client.call_tool(tool, arguments)
    except Exception as error:  # the client's own class differs between its versions
        return repr(error) + tool
    raise AssertionError(f"{tool} was called")


async def check_deriving(client):
    assert [tool.name for tool in (await client.list_tools()).tools] == [*READING, "derive"]
    done = await call(client, "derive", recipes=["chapters"], transcripts=["sample.json"])
    assert done["results"][0]["complete"] and float(done["leftUSD"]) < 0.03
    chapters = await call(client, "rows", transcript="sample.json", table="chapters")
    assert chapters["columns"][0] == "row" and chapters["rows"]
    answer = await call(
        client,
        "derive",
        recipes=["ask"],
        transcripts=["sample.json"],
        values={"questions": "What is under the mould?"},
    )
    assert answer["results"][0]["recipe"] == "ask"
    assert "name" in await refusal(
        client, "derive", recipes=["../evil"], transcripts=["sample.json"]
    )


async def main():
    for mode, revision in [("auto", "2026-07-28"), ("legacy", "2025-11-25")]:
        async with Client(server(), mode=mode) as client:
            assert client.protocol_version == revision, client.protocol_version
            assert client.server_info.name == "tabscribe"
            await check_reading(client)
            print(f"{revision}: {len(READING)} tools read")
    async with Client(server("--allow-derive", "--cost-limit", "0.03")) as client:
        await check_deriving(client)
        print("derive: within its limit")


asyncio.run(asyncio.wait_for(main(), 60))
