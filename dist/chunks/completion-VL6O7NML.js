import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as f}from"./chunk-OPWEQJTE.js";import{a as c}from"./chunk-TSCNFJJM.js";import"./chunk-55CDFFVJ.js";var i={bash:h,zsh:u,fish:w};function d(e){return Object.hasOwn(i,e)}function h(e){let a=e.map(n=>`    ${n.name}) words='${m(n).flatMap(p).join(" ")}' ;;`);return`# bash completion for sealward
_sealward() {
  local words current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '${e.map(({name:n})=>n).join(" ")} --help --version' -- "$current")
    return
  fi
  case \${COMP_WORDS[1]} in
${a.join(`
`)}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _sealward sealward
`}function u(e){let a=e.map(({name:s,summary:r})=>`    '${s}:${l(r)}'`),n=e.map(s=>{let r=m(s).flatMap(o=>p(o).map(t=>$(o,t)));return`    ${s.name}) _arguments ${[...r,"'*:file:_files'"].join(" ")} ;;`});return`#compdef sealward
_sealward() {
  local -a commands=(
${a.join(`
`)}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${n.join(`
`)}
  esac
}
_sealward "$@"
`}function $({value:e,help:a,repeat:n},s){return`'${n?"*":""}${s}[${l(a).replaceAll(/[[\]:]/g," ")}]${e===void 0?"":":value:_files"}'`}function w(e){return`# fish completion for sealward
${e.flatMap(n=>[`complete -c sealward -n __fish_use_subcommand -f -a ${n.name} -d '${l(n.summary)}'`,...m(n).map(({name:s,short:r,value:o,help:t})=>`complete -c sealward -n '__fish_seen_subcommand_from ${n.name}' -l ${s}${r===void 0?"":` -s ${r}`}${o===void 0?"":" -r"} -d '${l(t)}'`)]).join(`
`)}
`}function m(e){return[...e.flags,{name:"help",short:"h",help:"show this help"}]}function p({name:e,short:a}){return a===void 0?[`--${e}`]:[`-${a}`,`--${e}`]}function l(e){return e.replaceAll("'","’")}var P={name:"completion",synopsis:"bash|zsh|fish",summary:"Prints a completion script.",details:`
bash:  sealward completion bash > ~/.local/share/bash-completion/completions/sealward
zsh:   sealward completion zsh > "\${fpath[1]}/_sealward"
fish:  sealward completion fish > ~/.config/fish/completions/sealward.fish`,flags:[],args:{min:1,max:1},async run({args:e,world:a}){let n=e[0];if(!d(n))throw new c("usage","there are completions for bash, zsh and fish");return a.terminal.print(i[n](await Promise.all(f.map(s=>s.load())))),0}};export{P as completion};
