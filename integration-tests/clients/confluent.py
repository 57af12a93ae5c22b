"""confluent.py BROKER RUN: sends the jobs with confluent-kafka and prints the id of each when it has ended."""
import sys
import time

from confluent_kafka import Consumer, Producer

from jobs import expected, records

broker, run = sys.argv[1:]
failures = []
producer = Producer({"bootstrap.servers": broker})
for topic, key, value, headers in records(run):
    producer.produce(topic, value=value, key=key, headers=headers,
                     on_delivery=lambda error, record: error and failures.append(str(error)))
if producer.flush(60) or failures:
    sys.exit(f"not delivered: {failures}")

consumer = Consumer({
    "bootstrap.servers": broker, "group.id": run, "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
consumer.subscribe(["surstream.images.sampled"])
waiting, deadline = expected(run), time.time() + 240
while waiting and time.time() < deadline:
    record = consumer.poll(0.5)
    if record is not None and not record.error():
        job = record.key().decode()
        if job in waiting:
            waiting.remove(job)
            print(job, flush=True)
consumer.close()
sys.exit(f"no end of {sorted(waiting)}" if waiting else 0)
