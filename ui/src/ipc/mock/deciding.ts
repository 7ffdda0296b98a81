/// The part of the backend in the page that answers for reviewing, gold, the card, the ledger and near-duplicates.
import { activityCommands } from "./activity";
import { answers } from "./backend";
import { duplicateCommands } from "./duplicates";
import { goldCommands } from "./gold";
import { failNextSaves, reviewCommands } from "./review";

answers({ ...reviewCommands, ...goldCommands, ...activityCommands, ...duplicateCommands });

// `?fail=3` makes the next three saves fail, to see what the window does.
failNextSaves(Number(new URLSearchParams(location.search).get("fail") ?? 0));
