// Answers requests, a line of JSON each on standard input, by a line of JSON each on standard output.
import readline from "node:readline";

/** operations: by name, functions of the request that return an object. */
export async function answer(operations) {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let reply;
    try {
      reply = await operations[request.operation](request);
    } catch (error) {
      reply = { error: String(error) + (error.cause ? ": " + error.cause : "") };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
}
