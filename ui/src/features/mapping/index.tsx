/// Fields: what each field becomes, beside real records, before anything is indexed.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type FieldMap, type Picked } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { useNavigation } from "@/lib/place";
import { Content } from "./content";

function read<Value>(text: string | undefined): Value | null {
  try {
    return text === undefined ? null : (JSON.parse(text) as Value);
  } catch {
    return null;
  }
}

export function View() {
  const { place, keep } = useNavigation();
  const picked = read<Picked[]>(place.state.handles) ?? [];
  const map = read<FieldMap>(place.state.map);
  const limit = Number(place.state.limit ?? 2_000);
  const handles = picked.map((one) => one.handle);
  const mapHandle = place.state.map_handle ?? null;
  const query = useQuery({
    queryKey: ["mapping", handles, map, mapHandle, limit],
    queryFn: () => call("mapping_preview", { handles, map, map_handle: map ? null : mapHandle, limit }),
    enabled: handles.length > 0, placeholderData: (before) => before,
  });
  const another = <Button kind="ink" onPress={() => runCommand("data.folder")}>Choose a folder…</Button>;
  if (handles.length === 0) return <Empty view="Fields" title="Nothing is chosen" action={another}>The fields of the data you choose stand here before anything is indexed.</Empty>;
  if (query.isError) return <Faulted view="Fields" doing={`Reading ${picked.map((one) => one.label).join(", ")}`} cause={query.error} safe="Nothing was indexed; the files were only read." onRetry={() => (map || mapHandle ? keep({ map: undefined, map_handle: undefined }) : void query.refetch())} />;
  if (!query.data) return <Loading view="Fields" what="Reading the first records…" />;
  const { shapes } = query.data;
  const at = Math.min(Math.max(0, Number(place.state.shape ?? 0) || 0), shapes.length - 1);
  const shape = shapes[at];
  if (!shape) return <Empty view="Fields" title="None of this can be read" action={another}>{query.data.refused.slice(0, 3).map((one) => `${one.path}: ${one.message}`).join("; ") || "No file was found."}</Empty>;
  return <Content preview={query.data} shape={shape} at={at} handles={handles} limit={limit} changed={map !== null || mapHandle !== null} reading={query.isPlaceholderData} />;
}
