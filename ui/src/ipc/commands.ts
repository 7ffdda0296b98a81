/// Every command of the window: what it takes and what it answers.
import type * as T from "./types";

/** `[request, response]`; `void` where there is none. */
export interface Commands {
  app_state: [void, T.AppState];
  pick_folder: [T.PickRequest, T.Picked | null];
  pick_files: [T.PickRequest, T.Picked[] | null];
  pick_save: [T.PickRequest, T.Picked | null];
  drop_handles: [void, T.Picked[]];
  workspace_create: [T.WorkspaceCreateRequest, T.AppState];
  workspace_open: [T.HandleRequest, T.AppState];
  workspace_open_recent: [T.HandleRequest, T.AppState];
  workspace_close: [void, T.AppState];
  sample_open: [void, T.Job | null];
  person_add: [T.PersonRequest, T.AppState];
  person_choose: [T.PersonRequest, T.AppState];
  settings_get: [void, T.Settings];
  settings_set: [T.Settings, T.Settings | null];
  jobs: [void, T.Job[]];
  job_cancel: [T.JobRequest, T.Job | null];
  mapping_preview: [T.MappingRequest, T.MappingPreview];
  index_start: [T.IndexRequest, T.Job];
  overview: [T.SnapshotRequest, T.Overview];
  quarantine_page: [T.QuarantineRequest, T.QuarantinePage];
  fields: [T.SnapshotRequest, T.FieldInfo[]];
  samples_open: [T.SamplesOpenRequest, T.SamplesView];
  samples_summary: [T.ViewRequest, T.SamplesSummary];
  samples_rows: [T.RowsRequest, T.RowsPage];
  samples_close: [T.ViewRequest, null];
  sample_detail: [T.SampleRequest, T.SampleDetail];
  clusters_page: [T.ClustersRequest, T.ClustersPage];
  cluster_detail: [T.ClusterRequest, T.ClusterDetail];
  compare_texts: [T.CompareRequest, T.Comparison];
  queue_preview: [T.QueueCreateRequest, T.QueuePreview];
  queue_create: [T.QueueCreateRequest, T.QueueInfo];
  queues: [void, T.QueueInfo[]];
  queue_open: [T.QueueRequest, T.QueueState];
  review_item: [T.ReviewItemRequest, T.ReviewItem];
  decide: [T.DecideRequest, T.Decided];
  undo: [T.UndoRequest, T.Decided];
  redo: [T.UndoRequest, T.Decided];
  unseal: [T.UnsealRequest, T.ReviewItem];
  bulk_preview: [T.BulkPreviewRequest, T.BulkPreview];
  bulk_act: [T.BulkRequest, T.BulkSaved];
  bulk_undo: [T.BulkUndoRequest, T.BulkSaved];
  flag: [T.FlagRequest, T.FlagSaved];
  slices: [void, T.NamedSlice[]];
  slice_define: [T.SliceRequest, T.NamedSlice[]];
  slice_remove: [T.SliceRequest, T.NamedSlice[]];
  rubric_examples: [T.QueueRequest, T.RubricExample[]];
  gold_overview: [void, T.GoldOverview];
  gold_candidate: [T.DigestRequest, T.GoldCandidateDetail];
  gold_promote: [T.GoldRequest, T.GoldChanged];
  gold_revoke: [T.GoldRequest, T.GoldChanged];
  disputes: [void, T.Disputes];
  dispute_open: [T.DisputeRequest, T.DisputeDetail];
  dispute_answer: [T.DisputeAnswerRequest, T.DisputeDetail];
  dispute_settle: [T.DisputeSettleRequest, T.DisputeSettled];
  agreement: [T.AgreementRequest, T.AgreementView];
  packs: [void, T.PackInfo[]];
  pack_issue: [T.PackIssueRequest, T.PackWritten];
  pack_return: [T.PackReturnRequest, T.PackWritten];
  pack_look: [T.HandleRequest, T.PackLook];
  pack_take: [T.PackTakeRequest, T.PackTaken];
  rubrics: [void, T.RubricInfo[]];
  rubric_add: [T.RubricAddRequest, T.RubricAdded];
  rubric_follow: [T.RubricFollowRequest, T.RubricFollowed];
  gold_freeze: [T.GoldFreezeRequest, T.GoldFreezed];
  gold_export: [T.GoldExportRequest, T.GoldExported];
  gold_anchor: [T.SnapshotRequest, T.GoldAnchor];
  gold_settings: [T.GoldSettings, T.GoldSettings];
  label_noise: [T.LabelNoiseRequest, T.LabelNoiseAnswer];
  signal_calibration: [T.SnapshotRequest, T.SignalCalibration];
  incident_report: [T.IncidentRequest, T.IncidentSaved];
  incidents: [void, T.IncidentRow[]];
  incident_nearest: [T.IncidentNearestRequest, T.IncidentNearestAnswer];
  training: [T.SnapshotRequest, T.TrainingAnswer];
  training_release: [T.TrainingReleaseRequest, T.TrainingChanged];
  training_withdraw: [T.TrainingWithdrawRequest, T.TrainingChanged];
  card_draft: [T.SnapshotRequest, T.CardAnswer];
  card_export: [T.CardExportRequest, T.Exported];
  card_text_write: [T.CardTextRequest, T.CardTextSaved];
  card_texts: [T.CardTextsRequest, T.CardTextRow[]];
  sign_look: [T.SnapshotRequest, T.SignLookAnswer];
  sign_card: [T.SignRequest, T.Signed];
  sign_join: [T.SignJoinRequest, T.Signed];
  sign_withdraw: [T.SignWithdrawRequest, T.SignWithdrawn];
  sign_state: [T.SnapshotRequest, T.SignState];
  key_create: [T.KeyCreateRequest, T.KeyCreated];
  activity_page: [T.ActivityRequest, T.ActivityPage];
  ledger_verify: [void, T.LedgerCheck];
  contract: [void, T.ContractInfo];
  contract_choose: [T.ContractRequest, T.ContractInfo];
  gates: [T.GatesRequest, T.GatesAnswer];
  gate_waive: [T.WaiveRequest, T.Gates];
  compare: [T.CompareSnapshotsRequest, T.ComparisonAnswer];
  trends: [T.TrendsRequest, T.TrendsAnswer];
  leak: [T.LeakRequest, T.LeakAnswer];
  leak_pairs: [T.LeakPairsRequest, T.LeakPairs];
  effect_sizes: [void, T.EffectBounds];
  effect_sizes_set: [T.EffectBounds, T.EffectBounds];
  chart_save: [T.ChartSaveRequest, null];
  origins_recompute: [T.SnapshotRequest, T.Job];
  synthetic_mark: [T.SyntheticMarkRequest, T.AppState];
  synthetic_unmark: [T.SyntheticUnmarkRequest, T.AppState];
  evidence_files: [T.SnapshotRequest, T.EvidenceFileRow[]];
  evidence_withdraw: [T.EvidenceWithdrawRequest, T.EvidenceWithdrawn];
  pairs_page: [T.PairsRequest, T.PairsPage];
  passages_page: [T.PassagesRequest, T.PassagesPage];
  duplicate_state: [T.SnapshotRequest, T.DuplicateState];
  duplicate_judge: [T.JudgeRequest, T.JudgementSaved];
  duplicate_withdraw: [T.WithdrawRequest, T.JudgementSaved];
  duplicate_policy: [T.KeepPolicyRequest, T.JudgementSaved];
  duplicate_settings: [T.DuplicateSettingsRequest, T.JudgementSaved];
  measure_start: [T.SnapshotRequest, T.Job | null];
  across_matrix: [T.AcrossRequest, T.AcrossAnswer];
  across_pairs: [T.AcrossPairsRequest, T.PairsPage];
  coverage: [T.CoverageRequest, T.Coverage];
  references: [T.SnapshotRequest, T.References];
  results_preview: [T.ResultsFileRequest, T.ResultsFile];
  results_add: [T.ResultsFileRequest, T.ResultsAdded];
  results_runs: [void, T.RunInfo[]];
  results_remove: [T.RunRequest, T.RunInfo[]];
  results_report: [T.ResultsReportRequest, T.ResultsView];
}

/** Events that Rust sends by itself. */
export interface Events {
  /** A job as a whole, at most 20 times a second. */
  job: T.Job;
  /** A command chosen in the native menu, by its id in the catalogue of commands. */
  menu: string;
  /** Files or folders dropped onto the window. */
  drop: T.Picked[];
  /** The workspace changed behind the window: people, entries, snapshots. */
  workspace: T.AppState;
}
