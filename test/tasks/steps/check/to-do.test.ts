import { describe, expect, it } from 'vitest'
import { ageFiles } from '../../../../src/core/check/secrets/value-age.ts'
import { printToDo, toDoPath } from '../../../../src/core/members/to-do.ts'
import type { Looked } from '../../../../src/tasks/steps/check/looked.ts'
import { judgeLeftBehind } from '../../../../src/tasks/steps/check/to-do.ts'
import { memoryFiles } from '../../../fakes/memory-files.ts'
import { bytesOf } from '../../../support/sealing.ts'

const NOW = new Date('2026-05-01T00:00:00Z')
const toDo = {
  ...{ member: 'bob', removed: NOW },
  secrets: [{ file: '.env.encrypted', name: 'A', since: NOW, sinceIsExact: true, until: NOW }],
}
const list = toDoPath(toDo)

function look(more: Partial<Looked> = {}, content = printToDo(toDo)) {
  const looked: Looked = {
    ...{
      files: [],
      paths: [list, 'README.md'],
      named: [],
      policies: [],
      environment: null,
      isPartial: false,
      now: NOW,
    },
    ages: ageFiles({ commits: [], versions: new Map(), origins: new Map() }, [], NOW),
    ...more,
  }
  return judgeLeftBehind(looked, { files: memoryFiles(new Map([[list, content]])) })
}

describe('what is left to rotate', () => {
  it('is judged by the lists in the repository', async () => {
    const { judged, notes } = await look()
    expect(judged.map(({ rule, name, place, level }) => [rule, name, place?.file, level])).toEqual([
      ['left-behind', 'A', list, 'late'],
    ])
    expect(notes).toEqual([])
  })

  it('is left out where only some files are in question', async () => {
    expect((await look({ isPartial: true })).judged).toEqual([])
    expect((await look({ isPartial: true, environment: 'production' })).judged).toEqual([])
  })

  it('is told of where a list cannot be read', async () => {
    const { judged, notes } = await look({}, bytesOf('{"v":1,'))
    expect([judged, notes.map(({ place }) => place?.file)]).toEqual([[], [list]])
  })
})
