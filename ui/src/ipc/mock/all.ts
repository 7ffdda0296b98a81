/// Every answer of the mock, put together.
import { activityCommands } from "./activity";
import { agreementCommands } from "./agreement";
import { answers } from "./backend";
import { bulkCommands } from "./bulk";
import { comparingCommands } from "./comparing";
import { coverageCommands } from "./coverage";
import { disputeCommands } from "./disputes";
import { duplicateCommands } from "./duplicates";
import { evidenceCommands } from "./evidence_files";
import { focusCommands } from "./focus";
import { gateCommands } from "./gates";
import { goldCommands } from "./gold";
import { goldAuditCommands } from "./gold_audit";
import { judgingCommands } from "./judging";
import { leakCommands } from "./leaks";
import { mappingCommands } from "./mapping";
import { overviewCommands } from "./overview";
import { packCommands } from "./packs";
import { releasingCommands } from "./releasing";
import { resultsCommands } from "./results";
import { reviewCommands } from "./review";
import { rubricCommands } from "./rubrics";
import { sampleCommands } from "./samples";
import { signingCommands } from "./signing";
import { sliceCommands } from "./slices";
import { workspaceCommands } from "./workspace";

answers({ ...workspaceCommands, ...mappingCommands, ...overviewCommands, ...sampleCommands, ...reviewCommands, ...focusCommands, ...duplicateCommands, ...goldCommands, ...goldAuditCommands, ...activityCommands, ...gateCommands, ...comparingCommands, ...judgingCommands, ...coverageCommands, ...resultsCommands, ...leakCommands, ...packCommands, ...rubricCommands, ...disputeCommands, ...agreementCommands, ...bulkCommands, ...sliceCommands, ...evidenceCommands, ...signingCommands, ...releasingCommands });
