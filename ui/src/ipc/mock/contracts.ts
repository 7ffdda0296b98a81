/** Contracts for trying the Gates view: the one that is chosen, and those that come with Assay. */
import type { BundledContract } from "../types";

const RELEASE = `# What a release of praxis-instruct must hold to.
name = "release gate"

[provenance]
unit = "tokens"
max_machine_share = 0.30
max_unknown_share = 0.12
min_human_tokens = 80_000

[[provenance.cap]]
where = "domain = 'health'"
max_machine_share = 0.10
max_unknown_share = 0.0           # unknown is allowed only once a reviewer approved it

[[provenance.cap]]
where = "domain = 'law'"
max_machine_share = 0.30
severity = "watch"

[duplication]
max_exact_rate = 0.03
max_near_rate = 0.05

[coverage]
reference = "human"
min_tail_retention = 0.70
dimensions = ["intent"]

[[coverage.floor]]
dimension = "language"
min_count = 200

[diversity]
max_compression_ratio = 3.5

[gold]
max_leaked = 0
max_age_days = 365

[[review.require]]
where = "domain = 'health'"
min_reviewed_share = 0.02
max_defect_rate = 0.01            # the upper end of the 95 % interval

[[column]]
field = "reviewer_confidence_after_second_reading"
where = "domain = 'health' and language in ('en', 'de', 'es') and source_class != 'synthetic'"
max_share_above = { value = 0.9, share = 0.2 }
`;

const BUNDLED: readonly (BundledContract & { text: string })[] = [
  {
    id: "pretraining", name: "pre-training", purpose: "Text from many hands: little of it by machines, little of it repeated.",
    text: 'name = "pre-training"\n\n[provenance]\nunit = "tokens"\nmax_machine_share = 0.20          # machine-written text in every hundred tokens, at most twenty\nmax_unknown_share = 0.30\n\n[duplication]\nmax_exact_rate = 0.01\nmax_near_rate = 0.05\n\n[diversity]\nmax_compression_ratio = 3.5       # higher is more repetitive\n\n[gold]\nmax_leaked = 0                    # no gold sample, exact or near, in what is trained on\n',
  },
  {
    id: "instruction", name: "instruction tuning", purpose: "Instructions and answers: machine answers are expected, and capped.",
    text: 'name = "instruction tuning"\n\n[provenance]\nunit = "samples"\nmax_machine_share = 0.50\nmax_unknown_share = 0.10\n\n[duplication]\nmax_exact_rate = 0.0\nmax_near_rate = 0.03\n\n[diversity]\nmax_compression_ratio = 3.5\n\n[gold]\nmax_leaked = 0\nmax_age_days = 365\n\n[[review.require]]\nmin_reviewed_share = 0.01\nmax_defect_rate = 0.05\nseverity = "watch"\n',
  },
  {
    id: "high_stakes", name: "high stakes", purpose: "A slice on which somebody's health, case or money depends.",
    text: 'name = "high stakes"\n\n[[provenance.cap]]\nwhere = "domain = \'health\'"\nmax_machine_share = 0.10\nmax_unknown_share = 0.0\n\n[duplication]\nmax_exact_rate = 0.0\nmax_near_rate = 0.01\n\n[gold]\nmax_leaked = 0\nmax_age_days = 180\n\n[[review.require]]\nwhere = "domain = \'health\'"\nmin_reviewed_share = 0.02\nmax_defect_rate = 0.01\n',
  },
];

export const bundledContracts: BundledContract[] = BUNDLED.map(({ id, name, purpose }) => ({ id, name, purpose }));

export const releaseContract = RELEASE;

/** The text of a contract that comes with Assay. */
export function bundledText(id: string): string | undefined {
  return BUNDLED.find((one) => one.id === id)?.text;
}
