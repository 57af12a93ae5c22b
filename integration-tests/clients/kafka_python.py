"""kafka_python.py BROKER RUN: sends the jobs with kafka-python and prints the id of each when it has ended."""
import sys
import time

from kafka import KafkaConsumer, KafkaProducer

from jobs import expected, records

broker, run = sys.argv[1:]
consumer = KafkaConsumer(
    "surstream.images.sampled", bootstrap_servers=broker, group_id=run, auto_offset_reset="earliest",
    isolation_level="read_committed")
producer = KafkaProducer(bootstrap_servers=broker)
for topic, key, value, headers in records(run):
    producer.send(topic, value=value, key=key, headers=headers).get(60)
producer.close()

waiting, deadline = expected(run), time.time() + 240
while waiting and time.time() < deadline:
    for batch in consumer.poll(timeout_ms=500).values():
        for record in batch:
            job = record.key.decode()
            if job in waiting:
                waiting.remove(job)
                print(job, flush=True)
consumer.close()
sys.exit(f"no end of {sorted(waiting)}" if waiting else 0)
