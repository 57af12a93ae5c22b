#!/bin/bash
# kcat.sh BROKER RUN: sends the jobs with kcat and prints the id of each when it has ended.
set -euo pipefail
broker=$1 run=$2
text="2 heart, blue, side by side, white background, flat"
waiting=()

send() { # job, steps, images, further options of kcat
  waiting+=("$1")
  echo "{\"jobId\":\"$1\",\"prompt\":\"$text\",\"sampling\":{\"seed\":7,\"numInferenceSteps\":$2,\"numImages\":$3}}" |
    kcat -P -b "$broker" -t surstream.prompts.submitted "${@:4}"
}

for n in 0 1 2 3 4 5 6 7 8 9 10 11; do
  send "$run-$n" 2 1 -k "$run-$n" -H content-type=application/json
done
send "$run-without-key" 2 1
send "$run-other-key" 2 1 -k user-42 -H content-type=application/json
send "$run-cancelled" 1000 16 -k "$run-cancelled" -H content-type=application/json
echo "{\"jobId\":\"$run-cancelled\",\"reason\":\"changed my mind\"}" |
  kcat -P -b "$broker" -t surstream.prompts.cancelled -k "$run-cancelled" -H content-type=application/json

end=$((SECONDS + 240))
while ((SECONDS < end)); do
  ended=$(kcat -C -q -b "$broker" -t surstream.images.sampled -o beginning -e -X isolation.level=read_committed -f '%k\n')
  missing=()
  for job in "${waiting[@]}"; do
    grep -qxF -- "$job" <<<"$ended" || missing+=("$job")
  done
  if ((${#missing[@]} == 0)); then
    printf '%s\n' "${waiting[@]}"
    exit 0
  fi
  sleep 1
done
echo "no end of ${missing[*]}" >&2
exit 1
