export type { BoilerplateOptions, RuleName } from "./clean/boilerplate/rules.js";
export type { CleanCounts, CleanOptions } from "./clean/clean.js";
export type { PromptOptions } from "./embed/folder/prompts.js";
export { type HubOptions, type PulledEncoder, pullEncoder } from "./embed/hub-encoders.js";
export type { LanguageOptions } from "./embed/languages.js";
export type { Blend, EncoderOptions } from "./embed/open-encoder.js";
export { openEncoder } from "./embed/open-encoder.js";
export type { OpenFolderOptions } from "./embed/open-folder.js";
export { TABLE_TYPES, type TableType } from "./embed/static/table-tensors.js";
export type { TransformerOptions } from "./embed/transformer/transformer-encoder.js";
export {
  CrisscrossError,
  DivergenceError,
  type ErrorDetails,
  type ErrorWording,
  IndexError,
  InputError,
  type LastGood,
  ModelError,
  OptionError,
  OutputError,
  type Place,
  TrainingError,
} from "./errors.js";
export type {
  JobEvent,
  JobListeners,
  ProgressEvent,
  SkippedEvent,
  StageEvent,
  StageSeconds,
} from "./events.js";
export type { CustomFunction } from "./filter/custom-rule.js";
export { DUPLICATES_OF, type DuplicatesOf } from "./filter/duplicate-key.js";
export { listRules, type RuleFacts, type RuleOption } from "./filter/list-rules.js";
export type { Suggestion } from "./filter/suggest.js";
export type { CachedModel } from "./hub/cached-models.js";
export type { RemovedModel } from "./hub/remove-model.js";
export { align } from "./jobs/align/align.js";
export type { AlignedSentences, AlignOptions, AlignSummary } from "./jobs/align/options.js";
export type {
  AlignedPageSentences,
  AlignPagesOptions,
  AlignPagesSummary,
  SentencePlace,
} from "./jobs/align/pages/align-options.js";
export { alignPages } from "./jobs/align/pages/align-pages.js";
export {
  PAGE_CANDIDATES,
  PAGE_SCOPES,
  type PagePair,
  type PageSource,
  type PairPagesOptions,
  type PairPagesSummary,
} from "./jobs/align/pages/options.js";
export { pairPages } from "./jobs/align/pages/pair-pages.js";
export {
  type WritePageAlignmentsOptions,
  writePageAlignments,
} from "./jobs/align/pages/write-page-alignments.js";
export {
  ALIGNMENT_FORMATS,
  type AlignmentFormat,
  type WriteAlignmentsOptions,
  writeAlignments,
} from "./jobs/align/write-alignments.js";
export { type ConvertOptions, type ConvertSummary, convert } from "./jobs/convert.js";
export { criss } from "./jobs/criss/criss.js";
export type { CrissStartOptions } from "./jobs/criss/known-encoder.js";
export type { CrissOptions } from "./jobs/criss/options.js";
export type { CrissTexts } from "./jobs/criss/plan.js";
export type { TrainingChoice } from "./jobs/criss/rounds/training-choice.js";
export { type CrissStatus, crissStatus } from "./jobs/criss/status.js";
export type { AdapterTrainerOptions } from "./jobs/criss/trainers/adapter-trainer.js";
export type { CommandTrainerOptions } from "./jobs/criss/trainers/command-trainer.js";
export type { TrainerOptions } from "./jobs/criss/trainers/open-trainer.js";
export { TRAINERS, type TrainerName } from "./jobs/criss/trainers/open-trainer.js";
export type { TableTrainerOptions } from "./jobs/criss/trainers/table-trainer.js";
export { type DedupChoices, KEEPS, type Keep } from "./jobs/dedup/choices.js";
export { type DedupOptions, type DedupSummary, dedupBitext } from "./jobs/dedup/dedup.js";
export { type DedupPairsOptions, dedupPairs } from "./jobs/dedup/dedup-pairs.js";
export type { PieceOptions } from "./jobs/distil/choose-pieces.js";
export { type DistilOptions, type DistilSummary, distil } from "./jobs/distil/distil.js";
export type { TeacherOptions } from "./jobs/distil/teacher.js";
export { type EmbedFileSummary, embedFile } from "./jobs/embed/embed-file.js";
export type { EmbedFileOptions } from "./jobs/embed/options.js";
export { describeEncoder, type EncoderFacts } from "./jobs/encoders/describe-encoder.js";
export { type CachedEncoder, type CachedEncoders, listEncoders } from "./jobs/encoders/list-encoders.js";
export { type RemoveOptions, removeEncoder } from "./jobs/encoders/remove-encoder.js";
export { type AlignedOptions, evaluateRetrieval, evaluateXsim } from "./jobs/evaluate/aligned.js";
export { type AlignmentEvaluationOptions, evaluateAlignment } from "./jobs/evaluate/alignment.js";
export { evaluateBucc } from "./jobs/evaluate/bucc.js";
export type { BuccOptions } from "./jobs/evaluate/bucc-options.js";
export {
  type BuccTask,
  type FindBuccOptions,
  findBuccTasks,
  type GoldTask,
} from "./jobs/evaluate/bucc-tasks.js";
export type { AlignedFolderOptions } from "./jobs/evaluate/folders/aligned-sets.js";
export type { VectorsFolderOptions } from "./jobs/evaluate/folders/vectors-folder.js";
export type { GoldPair, GoldSource } from "./jobs/evaluate/gold-pairs.js";
export { evaluateLabels, type LabelsOptions } from "./jobs/evaluate/labels.js";
export type { AlignedReading } from "./jobs/evaluate/lines.js";
export type { ComparedOptions, EvaluateOptions } from "./jobs/evaluate/open-encoders.js";
export { evaluatePairs, type PairsOptions } from "./jobs/evaluate/pairs.js";
export { evaluateParity, type ParityOptions } from "./jobs/evaluate/parity.js";
export type { Figure, Report } from "./jobs/evaluate/report.js";
export { evaluateSearch, type SearchEvaluationOptions } from "./jobs/evaluate/search.js";
export { evaluateTatoeba, type TatoebaOptions } from "./jobs/evaluate/tatoeba.js";
export { evaluateXsimFolder } from "./jobs/evaluate/xsim-folder.js";
export type { ExtractCounts } from "./jobs/extract/counts.js";
export { extract } from "./jobs/extract/extract.js";
export type { ExtractFault } from "./jobs/extract/extract-file.js";
export {
  type ExtractedSentence,
  type ExtractSentencesOptions,
  extractSentences,
} from "./jobs/extract/extract-sentences.js";
export type { ExtractSummary } from "./jobs/extract/extract-summary.js";
export type { JoinCounts, LanguageCounts } from "./jobs/extract/join-drafts.js";
export { type ExtractOptions, UNITS, type Unit } from "./jobs/extract/options.js";
export { explainBitext } from "./jobs/filter/explain.js";
export { type FilterOptions, type FilterSummary, filterBitext } from "./jobs/filter/filter.js";
export { type FilterPairsOptions, filterPairs } from "./jobs/filter/filter-pairs.js";
export type { FilterRule, PairJudge, RuleSetting } from "./jobs/filter/given-rules.js";
export type { FilterChoices } from "./jobs/filter/open-filter.js";
export {
  type RuleSample,
  type SampleOptions,
  type SampleReport,
  sampleRules,
} from "./jobs/filter/sample-rules.js";
export {
  type RuleSuggestions,
  type SuggestOptions,
  type SuggestReport,
  suggestThresholds,
} from "./jobs/filter/suggest-thresholds.js";
export { type MineOptions, mine } from "./jobs/mine.js";
export type { ReportOptions } from "./jobs/report/options.js";
export { report } from "./jobs/report/report.js";
export { writeReport } from "./jobs/report/write-report.js";
export type { ScoreOptions, ScoreSummary } from "./jobs/score/options.js";
export { SCORES, type Score } from "./jobs/score/pair-scorer.js";
export { scoreBitext } from "./jobs/score/score.js";
export { type ScorePairsOptions, scorePairs, type WithScore } from "./jobs/score/score-pairs.js";
export {
  type PairsAroundOptions,
  type SelectRunOptions,
  selectAround,
  selectRun,
} from "./jobs/select-run.js";
export type { SplitOptions } from "./jobs/split/options.js";
export { type SplitSummary, splitBitext } from "./jobs/split/split.js";
export type { FindCentroidsOptions } from "./jobs/tiles/centroid-options.js";
export { type CentroidsSummary, findCentroids } from "./jobs/tiles/find-centroids.js";
export {
  type MergePartiallyOptions,
  mergePartially,
  type PartialMergeSummary,
} from "./jobs/tiles/merge-partially.js";
export { type MergeSummary, type MergeTilesOptions, mergeTiles } from "./jobs/tiles/merge-tiles.js";
export { searchTile, type TileSummary } from "./jobs/tiles/search-tile.js";
export type { VectorSidesOptions } from "./jobs/tiles/side-options.js";
export { nameTile, type ShardSpan, type Tile } from "./jobs/tiles/tile-info.js";
export type { SearchTileOptions } from "./jobs/tiles/tile-options.js";
export type { TrainingOptions } from "./jobs/train/choices.js";
export type { TrainingStartOptions } from "./jobs/train/starting-table.js";
export { type TrainOptions, type TrainSummary, trainStatic } from "./jobs/train/train-static.js";
export type { CheckedFile, FileState } from "./jobs/verify/checked-file.js";
export { type VerifyOptions, verify } from "./jobs/verify/verify.js";
export { type WriteBitextOptions, type WriteBitextSummary, writeBitext } from "./jobs/write-bitext.js";
export type { DocumentCounts, LeftOut } from "./read/documents/document-counts.js";
export { DOCUMENT_FORMATS, type DocumentFormat } from "./read/documents/document-format.js";
export type { DocumentOptions } from "./read/documents/document-options.js";
export { PRESETS, type Preset } from "./read/documents/presets.js";
export { FORMATS, type Format } from "./read/format.js";
export type { Input, ReadOptions, TextSource } from "./read/input.js";
export { type ReadPagesOptions, readPages } from "./read/pages/read-pages.js";
export type { PairColumnOptions } from "./read/pairs/column-options.js";
export { COLUMN_PRESETS, type ColumnPreset } from "./read/pairs/column-presets.js";
export type { PairFieldOptions } from "./read/pairs/field-options.js";
export { type PairInput, type ReadPairsOptions, readPairs } from "./read/pairs/read-pairs.js";
export { type RecognisedBitext, recogniseBitext } from "./read/pairs/recognise-bitext.js";
export { recogniseBitextFormat } from "./read/pairs/recognise-format.js";
export { readSentences } from "./read/read-sentences.js";
export type { ReadUnitsOptions } from "./read/units/units-options.js";
export type { ReadXcesOptions } from "./read/xces/read-xces.js";
export { formatReportPage } from "./report/format-page.js";
export type {
  Change,
  ChangedPair,
  Counted,
  Duplicates,
  Fact,
  Hosts,
  LengthGrid,
  PairLanguages,
  PartKind,
  RepeatedText,
  ReportModel,
  ReportPart,
  Rival,
  RoundCurve,
  RuleShare,
  ScoreBand,
  ScoreCurve,
  ShownPair,
  ShownSide,
} from "./report/model.js";
export { type Bar, barsOf } from "./report/score-curve.js";
export type { RescoreWeights } from "./rescore/weights.js";
export { SEARCH_TYPES, type SearchType } from "./search/coding.js";
export { GRAPH_TYPES, type GraphType } from "./search/graph-types.js";
export type { SelectOptions } from "./select/select.js";
export type { Interval } from "./statistics/percentiles.js";
export type { FindOptions } from "./steps/neighbours/find-options.js";
export type { SearchFacts } from "./steps/neighbours/found.js";
export type { IndexOptions } from "./steps/neighbours/indexes/index-options.js";
export { INDEXES, type IndexName } from "./steps/neighbours/indexes/index-options.js";
export type { PairsAround } from "./steps/pairs/around.js";
export type { ChooseOptions } from "./steps/pairs/choose.js";
export type { Distribution } from "./steps/pairs/distribution.js";
export type { ThresholdOptions } from "./steps/pairs/estimate-threshold.js";
export type { MineSummary, Quantiles, SearchedCounts } from "./steps/pairs/mine-summary.js";
export type { RescoreOptions } from "./steps/pairs/rescore-options.js";
export type { CrissSummary, PairFigures, RoundFigures, RoundSummary } from "./steps/runs/loop-summary.js";
export type { ForeignOptions } from "./steps/texts/foreign-options.js";
export type { SideCounts } from "./steps/texts/side.js";
export type { VectorsBesideOptions } from "./steps/vectors/vectors-beside.js";
export { VECTOR_TYPES, type VectorType } from "./store/arrays/number-types.js";
export { RAW_TYPES, type RawType } from "./store/arrays/raw-file.js";
export { makeFolder } from "./store/files/make-folder.js";
export { refuseFilesOf, refuseInputs } from "./store/files/output-path.js";
export { refuseClashes } from "./store/run/refuse-clashes.js";
export type { StageNews } from "./store/run/stage.js";
export { languagesOfNames } from "./text/language-of-name.js";
export { printable } from "./text/printable.js";
export type { TrainedTable } from "./train/training.js";
export {
  BITEXT_FORMATS,
  type BitextFormat,
  type Pair,
  type PairFields,
  type PairLike,
  type PairRecord,
  type PairRow,
  type PairSource,
  type SeenPair,
  type TextLike,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from "./types/bitexts.js";
export { DEVICES, type Device } from "./types/device.js";
export type { EncodeOptions, Encoder, EncoderLanguages } from "./types/encoder.js";
export type { EstimatedPoint } from "./types/estimate.js";
export type { GivenPage, TextPage } from "./types/pages.js";
export {
  MARGINS,
  type Margin,
  type PairSide,
  RETRIEVALS,
  type Retrieval,
  type ScoredPair,
} from "./types/pairs.js";
export type { RunsOn } from "./types/runs-on.js";
export type { Shard } from "./types/shard.js";
export type { Sentence, SideName, TextItem, TextRecord } from "./types/texts.js";
export type {
  TmxContent,
  TmxElement,
  TmxInline,
  TmxProperty,
  TmxSegment,
  TmxUnit,
  TmxVariant,
} from "./types/tmx-unit.js";
export type { VectorBlock } from "./types/vectors.js";
export {
  type OptionName,
  type QuotedLines,
  type Remark,
  type SpellOption,
  spell,
  type Wording,
  type WordingPart,
} from "./wording.js";
export { COLUMNS, type Column, fieldsAmong } from "./write/columns.js";
export { SENTENCE_FORMATS, type SentenceFormat } from "./write/format-sentence.js";
export {
  guessPairFormat,
  type OpenPairsOptions,
  openPairs,
  type PairOutput,
} from "./write/pairs/open-pairs.js";
export type { PairSink } from "./write/pairs/pair-sink.js";
export type { VolumeFacts } from "./write/volume.js";
export { COMPRESSIONS, type Compression } from "./write/volumes.js";
export {
  guessMinedFormat,
  PAIR_FORMATS,
  type PairFormat,
  type WritePairsOptions,
  writePairs,
} from "./write/write-pairs.js";
