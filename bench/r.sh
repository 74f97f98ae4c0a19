#!/usr/bin/env bash
# Times the exact limits and flags of one funnel of 379 rows here and in base R,
# on the same rows, and sees that they agree. Installs R (Debian's r-base-core)
# when it is missing and we are root.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v Rscript >/dev/null; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "this needs R: run 'apt-get install r-base-core' as root" >&2
		exit 1
	fi
	echo "R is missing: installing r-base-core with apt-get" >&2
	apt-get update -qq >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-core >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${GO:-go}" build -o "$work/limits" ./bench/limits
"$work/limits" -write "$work/rows.csv"
here=$("$work/limits" -rows "$work/rows.csv" -out "$work/here.csv")
read -r there difference flags < <(Rscript --vanilla bench/limits/limits.R "$work/rows.csv" "$work/here.csv")

printf 'rows                 379\n'
printf 'here, median         %s ms\n' "$here"
printf 'R, median            %s ms (%s)\n' "$there" "$(Rscript --version 2>&1 | head -n 1)"
printf 'R / here             %s\n' "$(awk "BEGIN { printf \"%.1f\", $there / $here }")"
printf 'largest difference   %s\n' "$difference"
printf 'flags that differ    %s\n' "$flags"
