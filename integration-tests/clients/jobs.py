"""The records that every client of this folder sends: what docs/events.md says, and no more."""
import json

PROMPT = "2 heart, blue, side by side, white background, flat"
JSON = [("content-type", b"application/json")]


def prompt(job, steps=2, images=1):
    sampling = {"seed": 7, "numInferenceSteps": steps, "numImages": images}
    return json.dumps({"jobId": job, "prompt": PROMPT, "sampling": sampling}).encode()


def records(run):
    """Topic, key, value and headers, in the order of sending."""
    submitted, cancelled = "surstream.prompts.submitted", "surstream.prompts.cancelled"
    for n in range(12):
        job = f"{run}-{n}"
        yield submitted, job.encode(), prompt(job), JSON
    yield submitted, None, prompt(f"{run}-without-key"), []
    yield submitted, b"user-42", prompt(f"{run}-other-key"), JSON
    yield submitted, f"{run}-cancelled".encode(), prompt(f"{run}-cancelled", 1000, 16), JSON
    value = json.dumps({"jobId": f"{run}-cancelled", "reason": "changed my mind"}).encode()
    yield cancelled, f"{run}-cancelled".encode(), value, JSON


def expected(run):
    return {f"{run}-{n}" for n in range(12)} | {f"{run}-without-key", f"{run}-other-key", f"{run}-cancelled"}
