#!/usr/bin/env bash
# Give the feedback back: return.sh STUDENTS.csv GRADES
#
# Puts GRADES/feedback/STUDENT.md as FEEDBACK.md onto the branch "feedback" of each student's repository, in place of
# what was there. $STUDENT: this one alone. $TOKEN: may write to the repositories.
set -euo pipefail
students=$1
grades=$2
host=${HOST:-github.com}

if [[ -n ${TOKEN:-} ]]; then
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'oauth2:%s' "$TOKEN" | base64 -w 0)"
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.https://$host/.extraheader" GIT_CONFIG_VALUE_0
fi
export GIT_TERMINAL_PROMPT=0
export GIT_ALLOW_PROTOCOL="${GIT_ALLOW_PROTOCOL:-https}"
export GIT_AUTHOR_NAME=gradekit GIT_AUTHOR_EMAIL=gradekit@localhost
export GIT_COMMITTER_NAME=gradekit GIT_COMMITTER_EMAIL=gradekit@localhost

failed=0
while IFS=, read -r student repository _; do
  repository=${repository%$'\r'}
  page="$grades/feedback/$student.md"
  if [[ -z $student || (-n ${STUDENT:-} && $student != "$STUDENT") || ! -f $page ]]; then continue; fi
  work=$(mktemp -d)
  git -C "$work" init --quiet --initial-branch feedback
  cp "$page" "$work/FEEDBACK.md"
  git -C "$work" add FEEDBACK.md
  git -C "$work" commit --quiet --message "Feedback"
  if ! git -C "$work" push --quiet --force "https://$host/$repository.git" feedback; then
    echo "$student: the feedback could not be pushed to $repository" >&2
    failed=1
  fi
  rm -rf "$work"
done < <(
  tail -n +2 "$students"
  echo # the last line may lack its end
)
exit "$failed"
