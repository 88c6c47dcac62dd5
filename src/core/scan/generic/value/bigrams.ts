/**
 * How usual it is in words that one letter follows another: a row a first letter, a column a second one, from `a`. 6 is as usual as
 * by chance, each step is a factor of two. Counted over the words of program texts in English.
 */
const ROWS: readonly string[] = [
  '36772461605877060878543441',
  '85647422761843740674810161',
  '83548347607643843657532030',
  '74479431831645741774643341',
  '74776552402668364887354630',
  '73567833800744851765702140',
  '63649456700647750774642022',
  '91459310802454830746601040',
  '55766560002779751677050405',
  '70309530706330850466933030',
  '74459554800646553486515240',
  '73369531802824840366532070',
  '86459212704463781375600030',
  '73778583615535742378553040',
  '45763550504678670866756310',
  '83548444703732761867623050',
  '00453234420505252665903002',
  '83559451705466740676643050',
  '62638346704544662479624160',
  '73548437802543650776623361',
  '56657650701778460777120301',
  '91439622800243641342033210',
  '84357427800547752864024300',
  '75757734700543480459242541',
  '54646433600677680598235004',
  '73219003700443630223200045',
]

const CHANCE = 6
const A = 97

/**
 * How much a run of lower-case letters looks like a word: the mean of its pairs, in powers of two. Nearly all words of five letters
 * and more are above 0; of random letters, one in ten at five letters and one in fifty at ten.
 */
export function wordLikeness(letters: string): number {
  let sum = 0
  for (let at = 1; at < letters.length; at += 1) {
    const row = ROWS[letters.charCodeAt(at - 1) - A]
    sum += (row === undefined ? CHANCE : row.charCodeAt(letters.charCodeAt(at) - A) - 48 || 0) - CHANCE
  }
  return letters.length < 2 ? 0 : sum / (letters.length - 1)
}
