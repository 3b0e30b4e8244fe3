"""Agents: the published client of the Model Context Protocol for Python, in both eras, works with the content of the sandbox."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

MODES = ["legacy", "auto"]


@asynccontextmanager
async def connected(sandbox, key, mode):
    """A client that sends this key."""
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        async with Client(streamable_http_client(f"{sandbox.url}/mcp", http_client=http), mode=mode) as client:
            yield client


@asynccontextmanager
async def bridged(binary, *arguments, mode, **environment):
    """A client of a program that it has started."""
    program = StdioServerParameters(command=str(binary), args=["mcp", *arguments], env=environment)
    async with Client(stdio_client(program), mode=mode) as client:
        yield client


async def done(client, sandbox, tool, **arguments):
    """The text of a tool that does what it is asked in the project of the demo."""
    result = await client.call_tool(tool, {"project": sandbox.projectId, **arguments})
    (content,) = result.content
    assert not result.is_error, content.text
    return content.text


def pages(sandbox):
    """The path of the website's pages."""
    return f"/organizations/{sandbox.organizationId}/projects/{sandbox.projectId}/apps/website/{sandbox.apps['website']}/pages"


def stored(text):
    """What stands in the fence of an answer."""
    return re.search(r"<<<stored ([0-9a-f]+):[^\n]*\n(.*?)>>>stored \1\n", text, re.DOTALL)[2]


@pytest.mark.parametrize("mode", MODES)
def test_tools_resources_and_prompts_are_there(sandbox, mode):
    """What a client asks for when it connects."""

    async def look():
        async with connected(sandbox, sandbox.serviceKey, mode) as client:
            tools = (await client.list_tools()).tools
            resources = (await client.list_resources()).resources
            prompts = (await client.list_prompts()).prompts
            read = await client.read_resource(resources[1].uri)
            prompt = await client.get_prompt("translate_missing", {"locale": "fr"})
            return {tool.name for tool in tools}, resources, {one.name for one in prompts}, read, prompt

    tools, resources, prompts, read, prompt = asyncio.run(look())
    assert {"overview", "read_entry", "edit_text", "publish"} <= tools and len(tools) == 21
    assert len(resources) > 2 and "<<<stored" in read.contents[0].text
    assert prompts == {"write_post", "translate_missing", "review_drafts"}
    assert "into fr" in prompt.messages[0].content.text


@pytest.mark.parametrize("mode", MODES)
def test_a_journey_over_the_protocol_alone(fresh, mode):
    """Find a page, change a paragraph, translate it, publish, undo."""

    async def journey():
        async with connected(fresh, fresh.serviceKey, mode) as client:
            overview = await done(client, fresh, "overview")
            assert "You may read and write" in overview, overview
            made = await done(
                client, fresh, "create_entry", kind="website_page", title="Quiet servers", slug="quiet-servers", markdown="We build small servers."
            )
            assert "Made as a draft" in made
            found = await done(client, fresh, "search", query="small servers", kind="website_page")
            entry = re.search(r"- ([0-9a-f-]{36}) \| website_page \| Quiet servers", stored(found))[1]
            read = await done(client, fresh, "read_entry", id=entry)
            version = int(re.search(r"\| version (\d+) \|", read)[1])
            edits = [{"old": "small servers", "new": "quiet servers"}]
            await done(client, fresh, "edit_text", id=entry, version=version, edits=edits)
            block = re.search(r"::text (\S+)", read)[1]
            french = [{"block": block, "field": "markdown", "old": "", "new": "Nous bâtissons des serveurs silencieux."}]
            await done(client, fresh, "edit_text", id=entry, version=version + 1, locale="fr", edits=french)
            both = await done(client, fresh, "read_entry", id=entry, locale="fr", second_locale="en")
            assert "Nous bâtissons" in stored(both) and "%% en: markdown: We build quiet servers." in stored(both)
            published = await done(client, fresh, "publish", id=entry, version=version + 2)
            assert "published" in published
            tool, arguments = re.search(r"Undo: (\w+) (.*)", published).groups()
            taken = await client.call_tool(tool, json.loads(arguments))
            assert not taken.is_error and "draft" in taken.content[0].text
            refused = await client.call_tool("edit_text", {"project": fresh.projectId, "id": entry, "version": 1, "edits": [{"old": "nowhere", "new": "x"}]})
            assert refused.is_error and "does not occur" in refused.content[0].text

    asyncio.run(journey())


@pytest.mark.parametrize("mode", MODES)
def test_a_program_that_is_started_leads_to_the_instance(binary, fresh, mode):
    """What an agent does over `stele mcp` is done in the instance."""

    async def change():
        async with bridged(binary, mode=mode, STELE_URL=fresh.url, STELE_KEY=fresh.serviceKey) as client:
            assert len((await client.list_tools()).tools) == 21
            made = await done(client, fresh, "create_entry", kind="website_page", title="Over the bridge", markdown="Water flows below.")
            read = await client.read_resource((await client.list_resources()).resources[1].uri)
            assert "Water flows below." in read.contents[0].text
            return re.search(r"id: (\S+)", stored(made))[1]

    entry = asyncio.run(change())
    (page,) = [one for one in fresh.call("GET", pages(fresh)).json()["data"] if one["id"] == entry]
    assert page["name"] == "Over the bridge"


@pytest.mark.parametrize("mode", MODES)
def test_a_program_that_is_started_has_a_sandbox_of_its_own(binary, mode):
    async def look():
        async with bridged(binary, "--sandbox", mode=mode) as client:
            return (await client.call_tool("overview", {})).content[0].text

    assert "You may read and write" in asyncio.run(look())


def test_two_agents_work_at_once(fresh):
    """What does not meet is put together; what does is told to the second."""

    async def both():
        async with connected(fresh, fresh.serviceKey, "auto") as one, connected(fresh, fresh.serviceKey, "legacy") as two:
            made = await done(one, fresh, "create_entry", kind="website_page", title="Shared", markdown="::heading\nLeft\n::text\nRight\n")
            entry = re.search(r"id: (\S+)", stored(made))[1]
            change = lambda client, old, new: done(client, fresh, "edit_text", id=entry, version=1, edits=[{"old": old, "new": new}])
            await asyncio.gather(change(one, "Left", "West"), change(two, "Right", "East"))
            text = stored(await done(one, fresh, "read_entry", id=entry))
            assert "West" in text and "East" in text
            late = await two.call_tool("edit_text", {"project": fresh.projectId, "id": entry, "version": 1, "edits": [{"old": "Left", "new": "North"}]})
            assert late.is_error and "theirs: West" in late.content[0].text

    asyncio.run(both())


def test_many_agents_at_once_make_no_error(sandbox):
    """Thirty-two clients, each with some calls."""

    async def one():
        async with connected(sandbox, sandbox.serviceKey, "auto") as client:
            for _ in range(3):
                await done(client, sandbox, "overview")
                await done(client, sandbox, "search", query="the")

    async def all_of_them():
        await asyncio.gather(*(one() for _ in range(32)))

    asyncio.run(all_of_them())
