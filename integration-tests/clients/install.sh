#!/bin/sh
# Installs the Kafka clients of other languages that ForeignClientsIT uses, for developers alone: the build and the product need none.
# Usage: integration-tests/clients/install.sh [FOLDER]     (default: ~/.cache/surstream/clients, where the test looks by default;
#        elsewhere: SURSTREAM_CLIENTS=FOLDER ./mvnw …). kcat comes from the system: apt-get install kcat, brew install kcat.
set -eu
folder=${1:-${SURSTREAM_CLIENTS:-$HOME/.cache/surstream/clients}}
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet kafka-python==3.0.12 confluent-kafka==2.16.1
npm install --silent --no-fund --no-audit --prefix "$folder" kafkajs@2.2.4
command -v kcat >/dev/null || echo "kcat is not on the PATH: apt-get install kcat, or brew install kcat" >&2
echo "clients are in $folder"
