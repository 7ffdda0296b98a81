/// Sources, writing style and evidence: what each source brings, a signal with how often it is wrong, the files that were added.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call } from "@/ipc";
import { counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { Calibration } from "./calibration";
import { EvidenceFiles } from "./evidence_files";
import { SourceTable } from "./source_table";
import css from "./sources.module.css";
import { WritingStyle } from "./writing_style";

const NAME = "Sources";

export function View() {
  const at = useSnapshot();
  const { go } = useNavigation();
  const query = useQuery({ queryKey: ["overview", at], queryFn: () => call("overview", at!), enabled: at !== null });
  if (!at) return <Empty view={NAME} title="No source yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>Sources are measured once a dataset is indexed.</Empty>;
  if (query.isError) return <Faulted view={NAME} doing="Opening the sources" cause={query.error} safe="Sources and decisions are not touched." onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading view={NAME} what="Opening the sources…" />;
  const { report } = query.data;
  return (
    <div className={`view ${css.view}`}>
      <header className={css.head}>
        <h1>{NAME}</h1>
        <p className="small t2">{report.sources.length === 0 ? "No field of this dataset is mapped to source." : `${counted(report.source_count, "source")}, largest first. Each part by itself: a – was not measured, and nothing is blended.`}</p>
        <Button kind="plain" onPress={() => go("overview")}>Overview</Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div className={css.body} tabIndex={0} role="region" aria-label="Sources and writing style">
        {report.sources.length > 0 && <SourceTable sources={report.sources} count={report.source_count} />}
        <WritingStyle style={report.stylometry} />
        <Calibration dataset={report.dataset} snapshot={report.snapshot} />
        <EvidenceFiles dataset={report.dataset} snapshot={report.snapshot} />
      </div>
    </div>
  );
}
