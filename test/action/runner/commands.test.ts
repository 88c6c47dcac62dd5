import { describe, expect, it } from 'vitest'
import { parseCommand } from './model/command.ts'
import { CommandManager } from './model/command-manager.ts'
import { LineReader, readLines } from './model/dotnet-text.ts'
import { SecretMasker } from './model/masker.ts'
import { NameMap } from './model/name-map.ts'
import type { StepContext } from './model/step-context.ts'
import { StepLog } from './model/step-log.ts'

const known = (name: string) => ['warning', 'add-mask', 'debug'].includes(name)

function parsed(line: string) {
  const command = parseCommand(line, known)
  return command === null ? null : [command.name, command.properties.toRecord(), command.data]
}

describe('parsing a command', () => {
  it.each([
    ['::debug::hello', ['debug', {}, 'hello']],
    [' \t\u00a0\u0085::debug::indented', ['debug', {}, 'indented']],
    ['::debug::', ['debug', {}, '']],
    ['::debug::a::b', ['debug', {}, 'a::b']],
    ['::warning file=a.js,line=3::text', ['warning', { file: 'a.js', line: '3' }, 'text']],
    ['::warning  file = a , line=3 ::text', ['warning', { 'file ': ' a ', ' line': '3' }, 'text']],
    ['::warning title=a%3Ab%2Cc%25%0D%0A::d', ['warning', { title: 'a:b,c%\r\n' }, 'd']],
    ['::warning ==title==x=y,empty=,bare,::d', ['warning', { title: 'x=y' }, 'd']],
    ['::debug::1%25 2%0D 3%0A 4%3A 5%250A 6%2525', ['debug', {}, '1% 2\r 3\n 4%3A 5%0A 6%25']],
    ['##[debug]legacy', ['debug', {}, 'legacy']],
    ['text before ##[debug]legacy', ['debug', {}, 'legacy']],
    [
      '##[warning file=a;line=2;title=x%3By%5Dz]%5B1%5D %3B',
      ['warning', { file: 'a', line: '2', title: 'x;y]z' }, '%5B1] ;'],
    ],
    ['::unknown::##[debug]inner', ['debug', {}, 'inner']],
  ])('reads %j', (line, expected) => {
    expect(parsed(line)).toEqual(expected)
  })

  it.each([
    'x ::debug::not at the start',
    '\ufeff::debug::behind a byte order mark',
    '::debug:only one colon',
    '::unknown::x',
    ':: debug::x',
    '::debug',
    '##[unknown]x',
    '##[debug',
    '## [debug]x',
    '',
  ])('leaves %j alone', (line) => {
    expect(parsed(line)).toBeNull()
  })

  it('finds a property in any letter case', () => {
    expect(parseCommand('::warning File=a::', known)?.properties.get('fIlE')).toBe('a')
  })
})

describe('cutting output into lines', () => {
  it('ends a line at LF, CRLF and a lone CR', () => {
    expect(readLines('a\nb\r\nc\rd\n\ne')).toEqual(['a', 'b', 'c', 'd', '', 'e'])
  })

  it('is not misled by where a chunk ends', () => {
    const text = 'a\r\nb\rc\n\r\n'
    for (let at = 0; at <= text.length; at += 1) {
      const reader = new LineReader()
      const lines = [...reader.push(text.slice(0, at)), ...reader.push(text.slice(at)), ...reader.end()]
      expect(lines).toEqual(['a', 'b', 'c', ''])
    }
  })
})

describe('acting on commands', () => {
  it('registers a mask without ever showing it, whole and by line', () => {
    const step = new Step()
    step.says('::add-mask::first line%0A second line ', 'first line', 'a second line')
    expect(step.log).toEqual(['***', 'a ***'])
    expect(step.context.job.masks).toEqual(['first line\n second line '])
  })

  it('masks only what is written after the mask', () => {
    const step = new Step()
    step.says('hunter42', '::add-mask::hunter42', 'hunter42')
    expect(step.log).toEqual(['hunter42', '***'])
  })

  it.each(['', ' ', '%0A %0D'])('only warns of a mask that is blank: %j', (data) => {
    const step = new Step()
    step.says(`::add-mask::${data}`)
    expect(step.log).toEqual(["##[warning]Can't add secret mask for empty string in ##[add-mask] command."])
    expect(step.context.job.masker.patternCount).toBe(0)
  })

  it('knows commands in any letter case', () => {
    const step = new Step()
    step.says('::ADD-Mask::hunter42', 'hunter42')
    expect(step.log).toEqual(['***'])
  })

  it('shows debug lines under step debug only', () => {
    const [plain, debug] = [new Step(), new Step({ debug: true })]
    plain.says('::debug::one%0Atwo')
    debug.says('::debug::one%0Atwo')
    expect([plain.log, debug.log]).toEqual([[], ['##[debug]one', '##[debug]two']])
  })

  it('opens and closes groups', () => {
    const step = new Step()
    step.says('::group::a name', 'inside', '::endgroup::ignored')
    expect(step.log).toEqual(['##[group]a name', 'inside', '##[endgroup]'])
  })

  it('masks the message of an annotation and copies its title and file as they are', () => {
    const step = new Step()
    step.says('::add-mask::hunter42', '::error title=of hunter42,file=/work/repo/hunter42.js,endLine=3::is hunter42')
    expect(step.log).toEqual(['##[error]is ***'])
    expect(step.context.log.annotations).toEqual([
      { type: 'error', message: 'is ***', properties: { title: 'of hunter42', file: 'hunter42.js', endLine: '3' } },
    ])
    expect(step.context.failed).toBe(false)
  })

  it('cuts an annotation at 4096 characters, after masking, and keeps ten of each type', () => {
    const step = new Step()
    step.says('::add-mask::hunter42', `::notice::hunter42${'x'.repeat(5000)}`)
    for (let count = 0; count < 12; count += 1) step.says('::warning::w', '::error::e')
    const annotations = step.context.log.annotations
    expect(annotations[0]?.message).toBe(`***${'x'.repeat(4093)}`)
    expect(annotations.map(({ type }) => type).sort()).toEqual([
      ...Array(10).fill('error'),
      'notice',
      ...Array(10).fill('warning'),
    ])
    expect(step.log).toHaveLength(25)
  })

  it('takes the legacy forms of outputs and state, with a warning', () => {
    const step = new Step({ debug: true })
    step.says('::echo::off', '::set-output name=url::a%0Ab', '::save-state name=pid::7')
    expect(step.context.outputs.toRecord()).toEqual({ url: 'a\nb' })
    expect(step.context.state.toRecord()).toEqual({ pid: '7' })
    expect(step.log.slice(2)).toEqual([
      '##[warning]The `set-output` command is deprecated and will be disabled soon.',
      "##[debug]steps.load.outputs.url='a",
      "##[debug]b'",
      '##[warning]The `save-state` command is deprecated and will be disabled soon.',
      '##[debug]Save intra-action state pid = 7',
    ])
  })

  it.each(['::set-env name=A::hunter42', '::add-path::hunter42', '::set-output::x', '::echo::maybe', '::echo::'])(
    'fails the step of %s',
    (line) => {
      const step = new Step()
      step.says('::add-mask::hunter42', line)
      expect(step.context.failed).toBe(true)
      expect(step.log.join()).toContain(`##[error]Unable to process command '${line.replace('hunter42', '***')}' succ`)
      expect([step.context.job.env.pairs(), step.context.job.path, step.context.outputs.pairs()]).toEqual([[], [], []])
    },
  )

  it('lets a variable opt in to set-env and add-path, except for NODE_OPTIONS', () => {
    const step = new Step()
    step.context.env.set('ACTIONS_ALLOW_UNSECURE_COMMANDS', ' True')
    step.says('::set-env name=A::1', '::set-env name=node_options::--inspect', '::add-path::/opt/tool')
    expect(step.context.job.env.toRecord()).toEqual({ A: '1' })
    expect(step.context.job.path).toEqual(['/opt/tool'])
    expect(step.log).toEqual(["##[error]Can't update NODE_OPTIONS environment variable using ::set-env:: command."])
  })

  it('swallows problem matchers', () => {
    const step = new Step()
    step.says('::add-matcher::m.json', '::remove-matcher owner=x::', '##[add-matcher]m.json')
    expect(step.log).toEqual([])
  })
})

describe('echo', () => {
  it('prints the commands that hold no secret and no log line, and add-mask as stars', () => {
    const step = new Step()
    step.says('::echo::on', '::add-mask::hunter42', '::set-output name=a::hunter42', '::group::g', '::debug::d')
    step.says('::echo::off', '::set-output name=a::b')
    const warning = '##[warning]The `set-output` command is deprecated and will be disabled soon.'
    expect(step.log).toEqual([
      '::add-mask::***',
      '::set-output name=a::***',
      warning,
      '::group::g',
      '##[group]g',
      '::echo::off',
      warning,
    ])
  })

  it('is on from the start under step debug', () => {
    const step = new Step({ debug: true })
    step.says('::group::g')
    expect(step.log).toEqual(['::group::g', '##[group]g'])
  })
})

describe('stop-commands', () => {
  it('prints what would be commands, add-mask in clear included, until its token', () => {
    const step = new Step()
    step.says(
      '::stop-commands::pause',
      '::add-mask::hunter42',
      '##[set-output name=a]b',
      '::PAUSE::',
      '::add-mask::hunter42',
    )
    step.says('hunter42')
    expect(step.log).toEqual([
      '::stop-commands::pause',
      '::add-mask::hunter42',
      '##[set-output name=a]b',
      '::PAUSE::',
      '***',
    ])
    expect(step.context.outputs.pairs()).toEqual([])
  })

  it('masks a token of more than six characters', () => {
    const step = new Step()
    step.says('::stop-commands::longtoken', '::longtoken::')
    expect(step.log).toEqual(['::stop-commands::***', '::***::'])
  })

  it('takes the token in the legacy form too, and only while stopped', () => {
    const step = new Step()
    step.says('::token::', '##[stop-commands]token', 'x ##[token]', '::group::g', '::token::')
    expect(step.log).toEqual(['::token::', '##[stop-commands]token', 'x ##[token]', '##[group]g', '::token::'])
  })

  it.each(['', 'pause-logging', 'add-mask', 'STOP-COMMANDS'])('refuses the token %j and goes on', (token) => {
    const step = new Step()
    step.says(`::stop-commands::${token}`, '::group::g')
    expect(step.context.failed).toBe(true)
    expect(step.log.at(-1)).toBe('##[group]g')
  })
})

/** A step of which only the commands are of interest. */
class Step {
  readonly context: StepContext
  readonly #manager: CommandManager

  constructor({ debug = false } = {}) {
    const masker = new SecretMasker()
    this.context = {
      id: 'load',
      job: { env: new NameMap(false), exported: new NameMap(false), path: [], masker, masks: [] },
      log: new StepLog([], masker, debug),
      env: new NameMap(false),
      outputs: new NameMap(true),
      state: new NameMap(true),
      workspace: '/work/repo',
      echo: debug,
      failed: false,
    }
    this.#manager = new CommandManager(this.context)
  }

  get log(): readonly string[] {
    return this.context.log.entries
  }

  says(...lines: string[]): void {
    for (const line of lines) if (!this.#manager.process(line)) this.context.log.write(line)
  }
}
