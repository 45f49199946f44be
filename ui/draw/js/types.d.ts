/** What Python sends and what the modules share: ui/steps/payload.py, ui/questions, ui/views/training/payload.py. */

// --- one recorded step, as the walkthrough draws it ---------------------------------------------------

export interface Payload {
  steps: Step[];
  /** By names such as "a1:value" and "z2/a1:jacobian". */
  tables: Record<string, Table>;
  network: Layer[];
  observation: string;
  /** Nodes, such as "a1:2", of ReLU units that are off, before and after the update. */
  dead: string[];
  deadAfter: string[];
}

export interface Step {
  id: string;
  group: string;
  numeral: string;
  label: string;
  title: string;
  say: string;
  formula: string;
  rows: (Shown | string)[][];
  /** The tables that the step computes, each with the tokens of a written-out entry. */
  results: Record<string, Token[]>;
  numpy: string;
  paths: number | null;
  badge: string;
  opens: Cell | null;
}

/** A table in a row of a step, `below` it another one, column by column. */
export interface Shown {
  table: string;
  transposed?: boolean;
  below?: string;
}

export type Table = Grid | Blocks;

interface Labelled {
  title: string;
  shape: string;
  rows: string[];
  cols: string[];
  /** What of the network a cell stands for: ["node", layer], ["edge", matrix] or nothing. */
  net: string[];
  sparse?: boolean;
  numeric?: number[][];
  notJudged?: string[][];
  /** Numbers that are not to be rounded as usual. */
  texts?: string[][];
}

export interface Grid extends Labelled {
  /** null where nothing was measured. */
  values: number[][];
  blocks?: undefined;
}

/** ∂z/∂W: block k has `row` in row k and 0 elsewhere. */
export interface Blocks extends Labelled {
  blocks: string[];
  row: number[];
  numericElsewhere: number;
}

/** A column of the network. */
export interface Layer {
  name: string;
  units: number;
  labels: string[];
  values: string[];
  after: string;
  derivatives: string[];
  weights?: string;
}

export interface Entry {
  row: number;
  col: number;
  block: number;
}

/** Table, row and column. */
export type Cell = [table: string, row: number, col: number];

/** The same with letters for the indices of the chosen entry. */
type CellToken = { cell: [table: string, row: number | string, col: number | string] };

export type Indices = Record<string, number>;

/** Described in ui/steps/parts.py. */
export type Token =
  | string
  | CellToken
  | { name: string; at: string[] }
  | { each: string; of: Token[][] }
  | { since: Token[] }
  | { equal: [string, string]; then: Token[]; else: Token[] }
  | { sum: string; count: number; tokens: Token[]; product?: CellToken };

/** Of an expanded entry: a text, a number in a cell, or a term of a sum with the cell of its product. */
export interface Part {
  text?: string;
  cell?: Cell;
  term?: Part[];
  product?: Cell;
}

/** What the reader points at: a cell by its key, or a node or edge of the network. */
export interface Spot {
  key?: string;
  part?: string;
  block?: number;
}

/** A question of the quiz. */
export interface Question extends Judged {
  prompt: string;
  /** The number's table, and its place there. */
  table: string;
  row: number;
  col: number;
  /** Each with more help. */
  hints: string[];
  principle: string;
}

export interface Judged {
  /** What the shown numbers give: right. */
  computed: Range;
  /** Right if given with three digits. */
  range: Range;
  /** What is right but for having only one digit, or two. */
  nearly: Range[];
  /** Mistakes and their sentences. */
  wrong: { range: Range; text: string }[];
}

export type Range = [low: number, high: number];

export type Questions = (Question | null)[] | null;

// --- a training, as the film draws it -----------------------------------------------------------------

export interface Film {
  /** What one observation is called. */
  noun: string;
  epochs: number;
  sets: { training: number; test?: number };
  /** Updates an epoch. */
  steps: number;
  /** Base64 of float64, over the epochs. */
  series: Record<string, string>;
  /** Null without a test set. */
  confusions: { training: string; test: string } | null;
  /** Null with a test set. */
  answers: Answers | null;
  /** Observations whose class is not predicted, for every epoch. */
  wrong: number[][];
  weights: { matrices: Matrix[]; values: string } | null;
  /** Null where there is no plane or no class. */
  regions: { cells: number; epochs: number[]; classes: string[] } | null;
  plane: Plane | null;
}

/** What the network answers to every observation, beside its targets. */
export interface Answers {
  observations: string[];
  outputs: string[];
  targets: number[][];
  /** The output that each target names, if they do. */
  classes: string[];
  /** Base64 of float64, over the epochs. */
  values: string;
}

export interface Matrix {
  name: string;
  title: string;
  shape: [rows: number, cols: number];
}

export interface Plane {
  name: string;
  axes: [Axis, Axis];
  sentence: string;
  flowers: [u: number, v: number, species: number, isTest: number][];
  species: string[];
}

interface Axis {
  title: string;
  ends: [number, number];
  ticks: [place: number, label: string][];
}

// --- a scene: ui/draw/scenes ----------------------------------------------------------------------------

export interface Scene {
  control?: Control;
  parts: ScenePart[];
  switches?: Switches;
  /** Name of the files of its pictures. */
  file?: string;
}

export type Control = Slider | Choice | Combination;

export interface Slider {
  part: "Slider";
  key: string;
  label: string;
  positions: number[];
  step: number;
  texts: string[];
  name?: string;
}

export interface Choice {
  part: "Choice";
  keys: string[];
  label: string;
  /** What the parameters are in the address. */
  positions: string[][];
  texts?: string[];
  help?: string;
  elsewhere?: Elsewhere;
}

/** The same choice in other places, and here. */
export interface Elsewhere {
  label: string;
  links: [text: string, href: string][];
  at: number;
}

export interface Combination {
  part: "Combination";
  keys: string[];
  options: string[][];
}

export interface Switches {
  key: string;
  label: string;
  options: string[];
  texts: string[];
}

/** As ui/draw/scenes writes it: what follows the control by its number in `series`. */
export interface Written {
  scene: { control?: object };
  series: Packed[];
}

/** Floats in base64, or a matrix of them, or values, or texts as forms and the words that change. */
export type Packed =
  | string
  | unknown[]
  | { floats: string; columns: number }
  | { forms: string[]; each: [number, ...string[]][] };

/** One for all positions of the control, or one for each. */
export type Following<T> = T | T[];

export interface SceneNumber<Value = number> {
  value: Following<Value>;
  shown?: Following<Value>;
  less?: Following<number>;
  noise?: Following<number>;
  kind?: string;
  name?: Following<string>;
  form: "short" | "signed" | "factor" | "typed";
  before?: string;
  text?: Following<string>;
}

export interface WordsPart {
  part: "Words";
  text: Said;
  role: "title" | "heading" | "verdict" | "caption" | "note" | "beside";
  test_id?: string;
  is_spoken: boolean;
  numbers?: SceneNumber[];
}

export interface LinkPart {
  part: "Link";
  text: string;
  href: Following<string>;
}

export interface FormulaPart {
  part: "Formula";
  mathml: string;
  numbers?: SceneNumber[];
}

export interface TableRow {
  head: string;
  cells: (SceneNumber | Following<string> | null)[];
  role?: "sum" | "result";
  link?: string;
  option?: number;
}

export interface TablePart {
  part: "Table";
  head: Following<string>[];
  rows: TableRow[];
  marked?: Following<number>;
}

interface Pictured {
  title?: string;
  alt: Following<string>;
}

export interface GraphEdge {
  start: string;
  end: string;
  number: SceneNumber;
  product: Following<number>;
  link?: Following<string>;
}

export interface NetworkPart extends Pictured {
  part: "Network";
  nodes: {
    name: string;
    column: number;
    number: SceneNumber | Following<string>;
    link?: Following<string>;
  }[];
  edges: GraphEdge[];
  /** For each switch the link of what it takes out. */
  switched?: string[];
}

/** The payload's network, of which units can be chosen. */
export interface WholeNetworkPart extends Pick<Payload, "network" | "tables" | "observation"> {
  part: "WholeNetwork";
  alt: string;
  dead?: string[];
  target?: string[];
  /** Two lines above each column. */
  heads: [name: string, rule: string][];
  layer: number;
  chosen: Following<number>;
  /** Where a click on a unit of another layer leads. */
  ways?: Record<string, string>;
  /** What lights up: paths of the chosen unit, or each unit with the weights of its sum. */
  lit?: "paths" | "sums";
  hidden?: string[];
  marked?: string[];
}

/** A sentence about what is in light. */
export interface ToldPart {
  part: "Told";
  texts: Record<string, string>;
  otherwise: string;
}

export interface LegendPart {
  part: "Legend";
  title: string;
  keys: [look: string, text: string][];
}

interface Bar {
  label: Following<string>;
  number: SceneNumber;
  end: Following<number>;
  link?: Following<string>;
}

export interface BarsPart extends Pictured {
  part: "Bars";
  bars: Bar[];
  total: Bar;
  truth: Bar;
}

/** Products that add up, and how much of each is rounding. */
export interface Sum {
  terms: Following<number>[];
  noise: Following<number>[];
  total: Following<number>;
  marks?: string[];
}

/** What is said of a sum, by what is out of it. */
export interface Cases {
  sum: Sum;
  whole: Following<string>;
  some: Following<string>;
  none?: Following<string>;
  reversed?: Following<string>;
  cancel?: string;
  idle?: string;
  idles?: string;
}

export type Said = Following<string> | Cases;

export interface LedgerTerm {
  name: string;
  upstream: SceneNumber;
  weight: SceneNumber;
  product: SceneNumber;
  note?: string;
  edge?: Following<string>;
  link?: string;
}

export interface LedgerPart extends Pictured {
  part: "Ledger";
  sum: Sum;
  terms: LedgerTerm[];
  total: Said;
  /** null where nothing can be measured. */
  truth: SceneNumber;
  each: string;
  each_out: string;
  out: string;
  unit: Following<string>;
  unit_link: Following<string>;
  heads: Following<string>[];
  legend: string[];
}

export interface Judge {
  numeric?: Following<number | null>;
  derivative: Following<number>;
  near: Following<number>;
  tolerance: Following<number>;
  noise: Following<number>;
  said: string;
  unjudged: string;
}

export interface Card {
  name: string;
  title: Said;
  number?: Following<number | null> | Sum;
  judge?: Judge;
  note?: Following<string>;
}

export interface CardsPart {
  part: "Cards";
  cards: Card[];
}

export interface CurvePart extends Pictured {
  part: "Curve";
  number: SceneNumber;
  slopes: { name: "total" | "single"; label: Said; number: SceneNumber<number | null>; sum?: Sum }[];
  low: number;
  high: number;
  /** For each variable the curve around every position where it alone moves. */
  frozen?: { heights: number[][]; reach: number }[];
}

export interface PlotPart extends Pictured {
  part: "Plot";
  axes: [right: string, up: string];
  end: number;
  top: Following<number>;
  /** Where the points are, without a slider. */
  at?: number;
  lines: {
    name: "cost" | "prediction" | "mean";
    label: string;
    /** null where it has left every chart. */
    heights: (number | null)[];
    number: SceneNumber;
  }[];
  point?: Following<string>;
  marks?: { number: number; height: number; text: string }[];
}

export interface Pair {
  title: string;
  is_target: boolean;
  before: SceneNumber;
  after: SceneNumber;
  change: SceneNumber;
}

export interface PairsPart extends Pictured {
  part: "Pairs";
  pairs: Pair[];
}

/** start + number of the slider · slope. */
export interface Linear {
  start?: number[][];
  slope?: number[][];
}

export interface Block {
  title?: string;
  columns: string[];
  values: Linear;
  /** Such as cell=outer2. */
  name?: string;
  scale?: string;
  entry?: string;
  sign?: string;
  keys?: string[];
  /** Such as z2:{column}. */
  link?: string;
}

export interface MatrixPart {
  part: "Matrix";
  alt: string;
  rows: string[];
  blocks: Block[];
  entries?: string[][];
  above?: Block;
  is_written: boolean;
  is_large?: boolean;
  below?: Block;
  marked?: Following<number>;
  row_links?: string[];
  column_links?: string[];
  options?: number[];
}

export interface TablesPart {
  part: "Tables";
  title: string;
  rows: string[];
  blocks: Block[];
}

/** `places` by shade, from −4 to 4. */
export interface Squares {
  shape: [rows: number, cols: number] | [blocks: number, rows: number, cols: number];
  places: Record<string, number[]>;
}

export interface StripPart {
  part: "Strip";
  name: string;
  thumbnails: {
    squares: Squares;
    name: string;
    notes: string[];
    key: string;
    href: string;
    is_current: boolean;
    is_marked: boolean;
  }[];
}

export interface FoldPart {
  part: "Fold";
  title: string;
  parts: ScenePart[];
}

export interface SheetData {
  title: string;
  columns: string[];
  values: number[][];
  entry: string;
  rows?: string[];
}

export interface Total {
  badge: string;
  mathml: string;
  name: string;
  note?: string;
  other?: string;
  none?: string;
}

export interface Observations {
  names: string[];
  kinds: number[];
  kind_names: string[];
  said: string;
}

export interface ProductsPart {
  part: "Products";
  alt: string;
  D: SheetData;
  A: SheetData;
  gradient: SheetData;
  W: SheetData;
  through: SheetData;
  observations: Observations;
  units: string[];
  inputs: string[];
  unit_notes: string[];
  input_notes: string[];
  weights: string[];
  down: Total;
  across: Total;
  more?: string;
  most: number;
  ends: number;
  is_written: boolean;
}

export interface ColumnsPart {
  part: "Columns";
  D: number[][];
  A: number[][];
  gradient: number[][];
  titles: string[];
  sentences: string[];
  observations: Observations;
  hrefs: string[];
  mean: string;
  note: string;
  named: number;
}

export interface OuterPart {
  part: "Outer";
  title: string;
  D: number[][];
  A: number[][];
  observations: Observations;
  units: string[];
  inputs: string[];
  entry: string;
  weights: string[];
  is_written: boolean;
}

export interface GroupPart {
  part: "Group";
  layout: "pictures" | "columns" | "column" | "line" | "pair";
  parts: ScenePart[];
}

export type PicturePart = NetworkPart | BarsPart | LedgerPart | PairsPart | CurvePart | PlotPart;
export type ScenePart =
  | WordsPart
  | ToldPart
  | LinkPart
  | FormulaPart
  | LegendPart
  | WholeNetworkPart
  | TablePart
  | CardsPart
  | TablesPart
  | MatrixPart
  | PicturePart
  | StripPart
  | FoldPart
  | ProductsPart
  | ColumnsPart
  | OuterPart
  | GroupPart;

// --- Streamlit ----------------------------------------------------------------------------------------

/** What a component is put into. */
export type Parent = HTMLElement | ShadowRoot;

/** What Streamlit 1.67 calls a component with. */
export interface Mounted<Data> {
  name: string;
  data: Data;
  parentElement: Parent;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** Shows a component; returns what is called when it is gone. */
// deno-lint-ignore no-explicit-any
export type Show = (component: Mounted<any>) => (() => void) | void;

/** What a reader moves on a page, and what is told about that. */
export interface Moved<Data> {
  drawn: Drawn;
  take(data: Data): void;
  setInAddress(): void;
  /** As the address had it: the reader has left what nobody has heard of yet. */
  undo(): void;
  /** What the server calls the state, and its value. */
  report(reports: number): [name: string, value: unknown];
}

/** Listens outside of its root while it is connected; what it paints in colours of its own is painted again. */
export interface Drawn {
  root: HTMLElement;
  connect(): void;
  disconnect(): void;
  repaint?(): void;
}

/** What the modules of all components share. */
export interface Shelf {
  libraries: Record<string, PromiseWithResolvers<Record<string, Show>>>;
  mounts: WeakMap<Parent, { update: Show; remove(): void }>;
  styles: Record<string, CSSStyleSheet>;
}

declare global {
  var backprop: Shelf | undefined;
}
