import { writeCorpus } from './write-corpus.ts'

const [folder, half] = process.argv.slice(2)

if (folder && (half === 'open' || half === 'hidden')) {
  console.log(`${await writeCorpus(folder, half)} files of the ${half} half, and their labels.jsonl, are in ${folder}`)
} else {
  console.error('usage: node test/corpus/generator/main.ts FOLDER open|hidden')
  process.exitCode = 2
}
