#!/usr/bin/env bash
# Clone the hand-ins: fetch.sh STUDENTS.csv CLASS
#
# STUDENTS.csv has the columns student,repository: an id of a-z, 0-9 and dashes, and OWNER/NAME at $HOST.
# CLASS gets a folder per student, empty where nothing could be cloned. commits.csv says what was cloned.
# With $DEADLINE (any form that `date` reads) late.csv says who committed later. $STUDENT: this one alone.
# $TOKEN: may read the repositories.
set -euo pipefail
students=$1
class=$2
host=${HOST:-github.com}

# The token goes neither into an address nor onto a command line.
if [[ -n ${TOKEN:-} ]]; then
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'oauth2:%s' "$TOKEN" | base64 -w 0)"
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.https://$host/.extraheader" GIT_CONFIG_VALUE_0
fi
export GIT_TERMINAL_PROMPT=0 GIT_LFS_SKIP_SMUDGE=1
# What a repository names as a source of something else is not followed.
export GIT_ALLOW_PROTOCOL="${GIT_ALLOW_PROTOCOL:-https}"

mkdir -p "$class"
echo "student,repository,commit,committed" > commits.csv
echo "student,minutes" > late.csv
found=0
while IFS=, read -r student repository _; do
  repository=${repository%$'\r'}
  if [[ -z $student ]]; then continue; fi
  if [[ -n ${STUDENT:-} && $student != "$STUDENT" ]]; then continue; fi
  if [[ ! $student =~ ^[a-z0-9][a-z0-9-]{0,59}$ || ! $repository =~ ^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$ ]]; then
    echo "$students: \"$student,$repository\" is no student id of a-z, 0-9 and dashes with OWNER/NAME" >&2
    exit 1
  fi
  found=$((found + 1))
  rm -rf "${class:?}/$student"
  if timeout 300 git -c core.symlinks=false clone --quiet --depth 1 --single-branch --no-tags --no-recurse-submodules \
    "https://$host/$repository.git" "$class/$student"; then
    commit=$(git -C "$class/$student" rev-parse HEAD 2> /dev/null || echo "")
    committed=$(git -C "$class/$student" log -1 --format=%ct 2> /dev/null || echo "")
    echo "$student,$repository,$commit,$committed" >> commits.csv
    if [[ -n ${DEADLINE:-} && -n $committed ]]; then
      seconds=$((committed - $(date -d "$DEADLINE" +%s)))
      if ((seconds > 0)); then echo "$student,$(((seconds + 59) / 60))" >> late.csv; fi
    fi
    rm -rf "$class/$student/.git"
  else
    echo "$student: $repository could not be cloned; counts as nothing handed in" >&2
    rm -rf "${class:?}/$student"
    mkdir "$class/$student"
  fi
done < <(
  tail -n +2 "$students"
  echo # the last line may lack its end
)
if ((found == 0)); then
  echo "$students: names no student to grade${STUDENT:+ as $STUDENT}" >&2
  exit 1
fi
