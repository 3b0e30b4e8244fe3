"""A stand-in for the model behind an agent: it plays what it was told to play, and keeps what came back."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USAGE = {"input_tokens": 1, "output_tokens": 1}


class Model:
    """Answers `/v1/messages` with one call of a tool after the other. Each step is a function of the texts that the tools have answered so far, and tells
    the tool and its arguments."""

    def __init__(self, steps):
        self.steps, self.told, self.errors, self.tools = steps, [], [], set()
        model = self

        class Handler(BaseHTTPRequestHandler):
            """One request of the agent."""

            def do_POST(self):  # noqa: N802, the name is the library's
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                body = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in model.answer(asked)).encode()
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing is logged."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()

    def answer(self, asked):
        """The events of an answer."""
        self.tools |= {tool["name"] for tool in asked.get("tools", []) if tool.get("name", "").startswith("mcp__")}
        contents = [content for message in asked["messages"] if isinstance(message["content"], list) for content in message["content"]]
        results = [content for content in contents if content["type"] == "tool_result"]
        self.told, self.errors = [text(result["content"]) for result in results], [result.get("is_error", False) for result in results]
        if asked.get("tools") and len(results) < len(self.steps):
            tool, arguments = self.steps[len(results)](self.told)
            block = {"type": "tool_use", "id": f"toolu_{len(results)}", "name": f"mcp__stele__{tool}", "input": {}}
            return events(asked["model"], block, {"type": "input_json_delta", "partial_json": json.dumps(arguments)}, "tool_use")
        return events(asked["model"], {"type": "text", "text": ""}, {"type": "text_delta", "text": "done"}, "end_turn")


def text(content):
    """What a model reads of a result."""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def events(model, block, delta, stop):
    """An answer of one block, as it is streamed."""
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": [], "stop_reason": None, "stop_sequence": None}
    return [
        {"type": "message_start", "message": {**message, "usage": USAGE}},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": USAGE},
        {"type": "message_stop"},
    ]
