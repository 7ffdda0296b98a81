#!/usr/bin/env bash
# Writes what Assay is made of, as CycloneDX: one list for each program, one for the page in the window. Others' code only is
# listed with licence, version and where it came from; what only builds or tests it is left out.
#   ASSAY_SBOM_OUT   where they go; default: bundles/sbom
. "$(dirname "$0")/common.sh"

out=${ASSAY_SBOM_OUT:-$root/bundles/sbom}
mkdir -p "$out"
rm -f "$out"/*.cdx.json

# The tool writes beside each manifest: a name of our own, so that nothing else is swept up.
mark=sbom-$$
trap 'find "$root" "$root/crates" "$root/tests" "$root/xtask" -maxdepth 2 -name "$mark.json" -delete' EXIT
cargo cyclonedx --format json --spec-version 1.5 --no-build-deps --features assay-app/custom-protocol --override-filename "$mark" >&2
cp "$mark.json" "$out/assay-app.cdx.json"
cp "crates/assay-cli/$mark.json" "$out/assay.cdx.json"
npm --prefix ui sbom --package-lock-only --sbom-format cyclonedx --sbom-type application | node scripts/sbom.mjs page >"$out/ui.cdx.json"

# A list that leaves something out is worse than none: each is held against what cargo and npm say is linked.
node scripts/sbom.mjs check "$out"
