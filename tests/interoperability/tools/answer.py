"""Answers requests, a line of JSON each on standard input, by a line of JSON each on standard output."""
import json
import sys


def answer(operations):
    """operations: by name, functions of the request that return a dictionary."""
    replies = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is not a reply
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = operations[request["operation"]](request)
        except Exception as error:
            reply = {"error": type(error).__name__ + ": " + str(error)}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
