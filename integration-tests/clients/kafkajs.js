// kafkajs.js BROKER RUN: sends the jobs with kafkajs and prints the id of each when it has ended.
const { Kafka, logLevel } = require('kafkajs');

const [broker, run] = process.argv.slice(2);
const kafka = new Kafka({ clientId: run, brokers: [broker], logLevel: logLevel.ERROR });
const headers = { 'content-type': 'application/json' };
const text = '2 heart, blue, side by side, white background, flat';

const prompt = (jobId, numInferenceSteps = 2, numImages = 1) =>
  JSON.stringify({ jobId, prompt: text, sampling: { seed: 7, numInferenceSteps, numImages } });

const jobs = Array.from({ length: 12 }, (_, n) => `${run}-${n}`);
const messages = [
  ...jobs.map(job => ({ key: job, value: prompt(job), headers })),
  { value: prompt(`${run}-without-key`) },
  { key: 'user-42', value: prompt(`${run}-other-key`), headers },
  { key: `${run}-cancelled`, value: prompt(`${run}-cancelled`, 1000, 16), headers },
];
const waiting = new Set([...jobs, `${run}-without-key`, `${run}-other-key`, `${run}-cancelled`]);

async function main() {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'surstream.prompts.submitted', messages });
  const cancellation = JSON.stringify({ jobId: `${run}-cancelled`, reason: 'changed my mind' });
  await producer.send({
    topic: 'surstream.prompts.cancelled', messages: [{ key: `${run}-cancelled`, value: cancellation, headers }],
  });
  await producer.disconnect();

  const consumer = kafka.consumer({ groupId: run });
  await consumer.connect();
  await consumer.subscribe({ topic: 'surstream.images.sampled', fromBeginning: true });
  const ended = new Promise(resolve => consumer.run({
    eachMessage: async ({ message }) => {
      const job = message.key.toString();
      if (waiting.delete(job)) console.log(job);
      if (waiting.size === 0) resolve();
    },
  }));
  await ended;
  await consumer.disconnect();
}

setTimeout(() => {
  console.error(`no end of ${[...waiting]}`);
  process.exit(1);
}, 240_000).unref();
main().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
