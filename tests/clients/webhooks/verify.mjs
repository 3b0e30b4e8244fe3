// Verifies a message with the published package: the secret and the message as JSON on standard input, its type on standard output.
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(await text(process.stdin));
process.stdout.write(new Webhook(secret).verify(body, headers).type);
