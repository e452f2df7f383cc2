/**
 * Writes src/lexicon/persons.json: nouns that say a person's sex, kinship words, titles and diminutives.
 *   node person-lexicon.mjs /usr/share/wordnet src/lexicon
 * Sexed nouns are WordNet's hyponyms of "female person" and "male person"; the rest was written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [wordnet, out] = process.argv.slice(2)
if (wordnet === undefined || out === undefined) throw new Error('usage: person-lexicon WORDNET_DIR OUT_DIR')

const words = new Map<string, string[]>()
const hyponyms = new Map<string, string[]>()
for (const line of readFileSync(join(wordnet, 'data.noun'), 'latin1').split('\n')) {
  if (line.startsWith(' ') || line === '') continue
  const fields = line.split(' ')
  const size = Number.parseInt(fields[3]!, 16)
  words.set(
    fields[0]!,
    Array.from({ length: size }, (_, i) => fields[4 + 2 * i]!),
  )
  const below: string[] = []
  for (let at = 5 + 2 * size; at + 1 < fields.length && fields[at] !== '|'; at += 4)
    if (fields[at] === '~') below.push(fields[at + 1]!)
  hyponyms.set(fields[0]!, below)
}
const firstSense = new Map<string, string>()
for (const line of readFileSync(join(wordnet, 'index.noun'), 'latin1').split('\n')) {
  if (line.startsWith(' ') || line === '') continue
  const fields = line.trim().split(' ')
  firstSense.set(fields[0]!, fields[6 + Number(fields[3])]!)
}

/** Single words whose first sense lies under a synset. */
function under(root: string): Set<string> {
  const seen = new Set<string>()
  const found = new Set<string>()
  const stack = [root]
  for (let synset = stack.pop(); synset !== undefined; synset = stack.pop()) {
    if (seen.has(synset)) continue
    seen.add(synset)
    for (const word of words.get(synset) ?? []) if (/^[a-z]{2,}$/.test(word) && firstSense.get(word) === synset) found.add(word)
    stack.push(...(hyponyms.get(synset) ?? []))
  }
  return found
}

const split = (list: string): string[] => list.split(/\s+/).filter(Boolean)
const kin = {
  he: 'father dad daddy papa pa pap pop pops son brother bro uncle nephew grandfather grandpa grandad granddad gramps grandson husband hubby stepfather stepdad stepson stepbrother godfather godson widower fiance fiancé bridegroom groom boyfriend brother-in-law father-in-law son-in-law forefather twin-brother',
  she: 'mother mom mommy mum mummy mama mamma mam ma daughter sister sis aunt auntie aunty niece grandmother grandma gran granny nana granddaughter wife wifey stepmother stepmom stepdaughter stepsister godmother goddaughter widow fiancee fiancée bride girlfriend sister-in-law mother-in-law daughter-in-law',
  either:
    'cousin parent child kid baby sibling twin grandparent grandchild spouse partner relative relation kinsman kinswoman friend lover sweetheart guardian ward heir in-law stepchild godparent godchild betrothed ancestor descendant orphan',
}
const sexed = {
  he: 'man men boy boys lad lads laddie gentleman gentlemen fellow fellows guy guys bloke chap chaps dude sir mister monsieur herr señor senor don king prince duke earl count baron lord emperor tsar czar sultan squire knight page monk friar abbot priest clergyman policeman fireman postman salesman businessman nobleman workman seaman horseman huntsman footman coachman ploughman boatman fisherman sportsman spokesman chairman frenchman englishman irishman scotsman scotchman dutchman welshman countryman townsman foreman butler valet waiter steward actor host hero wizard sorcerer warlock god landlord bachelor schoolboy master bull cock stallion waiter barman cowboy tradesman madman gunman nobleman hangman schoolmaster headmaster lordship majesty-he male manservant kinsman',
  she: "woman women girl girls lass lassie lady ladies gentlewoman gal chick madam madame ma'am maam mistress miss mademoiselle fraulein señora senora señorita donna queen princess duchess countess baroness empress tsarina dame nun abbess priestess policewoman saleswoman businesswoman noblewoman waitress stewardess actress hostess heroine witch sorceress enchantress goddess landlady spinster schoolgirl maid maiden housemaid nursemaid chambermaid housekeeper governess seamstress washerwoman schoolmistress headmistress nurse midwife mare hen cow ladyship female damsel wench hag crone frenchwoman englishwoman irishwoman countrywoman barmaid cowgirl kinswoman matron murderess poetess authoress shepherdess heiress",
}
const titles = {
  he: 'mr mister sir lord king prince duke earl count baron viscount marquis marquess emperor monsieur m. herr signor señor senor don brother father uncle squire bishop archbishop friar abbot pope rabbi sultan squire esq grandpa grandfather master monsieur messrs marse massa mistah maister',
  she: 'mrs miss ms lady dame queen princess duchess countess baroness viscountess marchioness empress madame madam mme mlle mademoiselle frau fraulein fräulein signora signorina señora senora señorita donna sister mother aunt auntie aunty nurse abbess mistress grandma grandmother granny missus missis miz mistis missy',
  either:
    'dr doctor prof professor rev reverend captain capt colonel col major maj general gen lieutenant lieut lt sergeant sgt corporal private admiral commander commodore officer detective inspector constable sheriff deputy agent judge justice president senator governor mayor minister chancellor secretary ambassador saint st hon honourable honorable cousin old little young poor dear coach chief boss comrade citizen deacon elder pastor chaplain cardinal vicar curate parson squire mate cadet ensign marshal chairman director principal headmaster headmistress farmer hunter goodman goodwife goody gaffer lawyer barrister banker trooper ranger commissioner superintendent brigadier warden',
}
const diminutives =
  'abigail abby abbie gail;abraham abe bram;albert al bert bertie;alexander alex alec aleck sandy xander lex;alexandra alex sandra alexa lexie;alfred alf alfie fred;alice ally allie;amanda mandy;andrew andy drew;angela angie;ann annie nan nancy nanny;anna annie anya;anne annie nan nancy;anthony tony ant;antonio tony;archibald archie;arthur art artie;augustus gus gussie;barbara barb babs;bartholomew bart;beatrice bea trixie;benjamin ben benny benjy;bernard bernie;bridget biddy bridie;cameron cam;caroline carrie caro caddy;cassandra cass cassie;catherine cathy kate katie kitty cath kit;charles charlie charley chuck chas;charlotte lottie charlie;christina chris tina chrissie;christine chris tina chrissie;christopher chris kit topher;clara clary;constance connie;cordelia delia;cornelius con neil;daniel dan danny;david dave davy davie;deborah deb debbie;dennis denny;diana di;dominic dom nick;donald don donny;dorothea dodo dolly thea dora;dorothy dot dolly dottie;douglas doug;edgar ed eddie;edmund ed ned ted eddie;edward ed ned ted eddie teddy neddy;edwin ed eddie;eleanor nell nellie nora ellie elinor lenore;elizabeth liz lizzy lizzie beth betty bess bessie eliza elsie libby betsy;ellen nell nellie nelly;emily em emmie;emma em;ernest ernie;esther essie hetty;eugene gene;evelyn eve evie;ezekiel zeke;florence flo florrie flossie;frances fran fanny frankie;francis frank frankie;franklin frank;frederick fred freddy freddie fritz;gabriel gabe;geoffrey geoff jeff;george georgie geordie;georgiana georgie georgy;gerald gerry jerry;gertrude gert gertie trudy;gilbert gil bert;gregory greg;gwendolen gwen gwendoline;hannah nan;harold harry hal;harriet hattie harry hatty;helen nell nellie lena;helena lena nell;henrietta hetty etta harriet;henry harry hal hank harri;herbert herb bert bertie;hermione mione hermy;hugh hughie;humphrey humph;ignatius iggy;isaac ike zac;isabel bel bell belle izzy isa bella;isabella bella bell belle izzy isa ella;jacob jake;james jim jimmy jamie jem jemmy;jane janey janie jenny;janet jan jenny;jeffrey jeff;jennifer jen jenny jenn;jeremiah jerry jem;jeremy jerry jem;jessica jess jessie;joan joanie;joanna jo joan;john jack johnny jock jackie;jonathan jon jonny nathan;joseph joe joey jo;josephine jo josie;joshua josh;judith judy;julia julie jule;juliet jule julie;katherine kate katie kathy kitty kath kat;kathleen kathy kate;kenneth ken kenny;laurence larry laurie lawrie;lawrence larry laurie;leonard len lenny leo;leopold leo;lewis lew;louis lou louie;louisa lou;lucy lu;lydia liddy;madeline maddie maddy;magdalen maggie;margaret meg maggie peggy madge marge margie daisy greta peg rita;maria mary mollie;martha patty matty;martin marty;mary molly polly mamie may moll;matilda tilda tilly matty maud;matthew matt mat;maximilian max;michael mike mick mickey mikey micky;michelle shelly chelle;mildred millie;millicent millie milly;miranda mira randy;nancy nan;natalie nat;nathaniel nat nate nathan;nicholas nick nicky nico;nicole nicky nikki;oliver ollie noll;oswald oz;pamela pam;patricia pat patty tricia trish;patrick pat paddy rick;penelope penny pen;peter pete petey;philip phil pip;phillip phil pip;priscilla prissy cilla;rachel rach;raymond ray;rebecca becky becca beck;reginald reg reggie rex;richard dick rick ricky rich dickie dicky richie;robert rob bob bobby robbie bert robin;roderick rod roddy;roger rodge;ronald ron ronnie;rosalind ros rosa;rosamond rosy rosa;rose rosie;rudolph rudy;rupert rupe;samantha sam;samuel sam sammy;sarah sally sadie;sebastian seb bas;sidney sid;simon si;solomon sol;sophia sophy sophie;stephanie steph;stephen steve stevie steph;steven steve stevie;stewart stew;stuart stu;susan sue susie suzy sukey;susanna sue susie susan;sylvester syl;theodora dora thea;theodore ted teddy theo;theresa terry tess tessa;thomas tom tommy thom;timothy tim timmy;tobias toby;ursula ulla;valerie val;veronica ronnie vera;victor vic;victoria vicky tori vic;vincent vince vinny;virginia ginny ginger;vivian viv;walter wat walt wally;wilfred will fred;wilhelmina mina willa minnie;william will bill billy willy willie liam;winifred winnie fred;zachary zach zack'

const united = (root: string, hand: string, not: Set<string>): string =>
  [...new Set([...under(root), ...split(hand)])]
    .filter((word) => !not.has(word))
    .sort()
    .join(' ')
/** Words that WordNet puts under one sex and fiction uses for both, or mostly for something else. */
const unsexed = new Set(
  split(
    'model virgin nanny star pet doll babe dog cat angel baby witch-doctor flame jewel bird beauty ghost jack john baron-court dandy adonis romeo sissy stud tiger hunk boss bunny lamb light match name peach spring ben vestal nymph cat broad dish jade shiksa zeppo harpo chico groucho gummo sod sirrah galoot father-figure inamorata inamorato widower-bird',
  ),
)
const none = new Set<string>()
const persons = {
  source:
    'WordNet 3.0, Princeton University (data files of Debian package wordnet-base): hyponyms of "female person" and "male person"; kinship words, titles, diminutives and further sexed nouns written by hand',
  licence: 'WordNet 3.0 licence (permissive, attribution)',
  he: united('09624168', `${sexed.he} ${kin.he}`, new Set([...unsexed, ...split(`${sexed.she} ${kin.she}`)])),
  she: united('09619168', `${sexed.she} ${kin.she}`, new Set([...unsexed, ...split(`${sexed.he} ${kin.he}`)])),
  kin: united('none', `${kin.he} ${kin.she} ${kin.either}`, none),
  titleHe: united('none', titles.he, none),
  titleShe: united('none', titles.she, none),
  titleEither: united('none', titles.either, none),
  /** Groups of first names in use for one another, the full form first; groups parted by ";". */
  diminutives,
}
writeFileSync(join(out, 'persons.json'), `${JSON.stringify(persons, null, 1)}\n`)
