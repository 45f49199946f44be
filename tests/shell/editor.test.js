import assert from "node:assert/strict";
import { fitted, readBlock } from "../../ui/shell/editor.js";

const BLOCKS = {
  "0.5": [["0.5"]],
  "0,5": [["0,5"]],
  "-1.5\n": [["-1.5"]],
  "0,5\t−1,25\r\n1\t1/3\r\n": [["0,5", "−1,25"], ["1", "1/3"]],
  "0,5\t\n\t2": [["0,5", ""], ["", "2"]],
  "1\n2\n3": [["1"], ["2"], ["3"]],
  "0,5;1,5\n2;3": [["0,5", "1,5"], ["2", "3"]],
  "0,5 1,5": [["0,5", "1,5"]],
  "0.5, 1.5": [["0.5", "1.5"]],
  "1, 2,\n3, 4,": [["1", "2"], ["3", "4"]],
  "1,2,3": [["1", "2", "3"]],
  "0.5,1.5": [["0.5", "1.5"]],
  "0.5 * 3": [["0.5 * 3"]],
  "1 2 x": [["1", "2", "x"]],
  "[[0.15, 0.2], [0.25, 0.3]]": [["0.15", "0.2"], ["0.25", "0.3"]],
  "array([[ 0.15,  1e-3],\n       [-0.25,  0.3 ]], dtype=float32)": [["0.15", "1e-3"], ["-0.25", "0.3"]],
  "[[1. 2.\n  3.]\n [4. 5.\n  6.]]": [["1.", "2.", "3."], ["4.", "5.", "6."]],
  "tensor([0.5, 2.0])": [["0.5", "2.0"]],
  "[1 2; 3 4]": [["1", "2"], ["3", "4"]],
  "(0.5, 2)": [["0.5", "2"]],
  "((1, 2), (3, 4))": [["1", "2"], ["3", "4"]],
  "(1+2)/3": [["(1+2)/3"]],
};

Deno.test("what is pasted is read as rows", () => {
  for (const [text, rows] of Object.entries(BLOCKS)) assert.deepEqual(readBlock(text), rows, text);
});

Deno.test("what is pasted goes where it fits", () => {
  const [wide, tall] = [[["1", "2", "3"]], [["1"], ["2"], ["3"]]];
  assert.deepEqual(fitted(wide, [1, 3]), { block: wide });
  assert.deepEqual(fitted(wide, [3, 2]), { block: tall });
  assert.deepEqual(fitted(tall, [3, 1]), { block: tall });
  assert.deepEqual(fitted(tall, [2, 3]), { block: wide });
  assert.deepEqual(fitted(wide, [2, 2]), {
    error: "Nothing was pasted: you have 1 × 3 numbers, and from this cell on there is room for 2 × 2.",
  });
  assert.deepEqual(fitted([["1", "2"], ["3"]], [5, 5]), {
    error: "Nothing was pasted: the rows have different numbers of entries.",
  });
});
