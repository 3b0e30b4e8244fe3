"""Undoes what a request destroyed: loaded for the operations that end the very things that the run stands on."""

import os

import httpx
import schemathesis

URL = os.environ["STELE_URL"]


@schemathesis.hook
def after_call(context, case, response):
    """Restores the start of the sandbox after each request that changed something; ids and keys stay."""
    if response.status_code < 300 and case.method.upper() != "GET":
        httpx.post(f"{URL}/sandbox/reset", timeout=30).raise_for_status()
