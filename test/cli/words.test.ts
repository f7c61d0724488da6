import test from "ava";
import { InvalidArgumentError } from "commander";
import { commandWords } from "../../cli/words.js";

test("a command is taken apart by a shell's rules of quoting", (t) => {
  t.deepEqual(commandWords("python3 train.py --layers 2"), ["python3", "train.py", "--layers", "2"]);
  t.deepEqual(commandWords(`'my python' "a \\"b\\"" c\\ d ''  'it'"'"'s'`), [
    "my python",
    'a "b"',
    "c d",
    "",
    "it's",
  ]);
  t.deepEqual(commandWords(`sh -c 'train "$@" | tee log' sh`), ["sh", "-c", 'train "$@" | tee log', "sh"]);
});

const REFUSED: [command: string, what: string][] = [
  ["train.py | tee log", "|"],
  ["train.py > log", ">"],
  ["train.py && echo done", "&&"],
  ["$HOME/train.py", "$HOME"],
  ["train.py *.tsv", "*.tsv"],
  ["train.py # more", "# more"],
];

for (const [command, what] of REFUSED) {
  test(`what only a shell understands is refused: ${command}`, (t) => {
    const message = `It is run without a shell, which would be needed for ${what}. Quote that, or give sh -c '…'.`;
    t.throws(() => commandWords(command), { instanceOf: InvalidArgumentError, message });
  });
}

test("no words are no command", (t) => {
  t.throws(() => commandWords(" "), { message: "Expected a program and its arguments." });
});
