import { DEFUSING_ENDS, KEY_QUALIFIERS, NEUTRAL_ENDS, TOKEN_DEFUSERS } from '../name/name-words.ts'
import { isEchoWord } from './stand-in.ts'

/** What identifiers, keys of translations, routes and classes of style sheets are made of besides the words of names. */
const OTHERS = new Set(
  (
    'about above subtitle caption accept accordion account accounts active add alert align area article aside assets attempt auto avatar back background badge banner bar base basic batch before begin block body bold border bottom box ' +
    'breadcrumb browser build bundle business call cancel card carousel case cell center certificate change check checkbox child choose clean click close cloud collapse color command commit common compact component ' +
    'confirm connect connection console container content context continue control copy core create customer dashboard database date day debug delete deny description design desktop detail details device ' +
    'display divider document done download draft drop dropdown edit editor element empty end engine entity entry exact expand export extra failed failure false feature feed file fill filter find fixed flex float focus folder ' +
    'font footer force forum frame free full gateway general get global grid group guide handle has head header heading height help hidden history home hover html image images import inactive incorrect info inline inner input insert inside ' +
    'install integration invalid item items job join json just justify keep kernel language large last layout leave left legal level library license light line link list load loading local lock log login logo logout long lookup lower main make ' +
    'manage manager management match media medium member menu meta method middle migration missing mobile mode model modal module month more move muted must name native nav navbar navigation network never next node none normal not notice notification ' +
    'now number object offline online only open option order origin outer outline overlay package page panel parent part password path payment pending people permission person phone photo picture plain platform player plugin policy popup portal post press preview ' +
    'primary print privacy process product profile program project prompt public pull push quick random range read ready record redirect register registration release remember remote remove render repeat reply report request require reset resource ' +
    'response rest result retry return review right role root round route router row rules running sample save scan schema scope script scroll search section security see select send server service session set setting settings setup share shell ' +
    'show side sidebar sign signin signup simple single size skip slide small social sort source space stack standard start state static status step stop storage store strict string strong style sub submit subscription success suite summary support switch ' +
    'system tab table tag target task team template term terms text theme thread time title toggle tool toolbar top total track transfer tree trigger true two type unit unlock update upload upper use user utils valid value vendor verify version video view ' +
    'visible wait warning web week welcome when white widget width window with without wizard word work worker wrap write wrong year your zone'
  ).split(' '),
)

/** Whether a word belongs to programs and their pages. A passphrase has others. */
export function isWordOfPrograms(word: string): boolean {
  return (
    OTHERS.has(word) ||
    isEchoWord(word) ||
    DEFUSING_ENDS.has(word) ||
    NEUTRAL_ENDS.has(word) ||
    KEY_QUALIFIERS.has(word) ||
    TOKEN_DEFUSERS.has(word)
  )
}
