"""Words that many names share: of what kind each is, and which of them mean the same.

A word of one of these kinds never makes a match on its own. Words on one line of `MEANINGS` are
one word in several languages; what they are worth stands in `KINDS`.
"""

from __future__ import annotations

from functools import cache

from hudna.ground.folding import fold

# Folded phrases that are one word, longest first.
PHRASES = (
    ("united states of america", "us"), ("united states", "us"), ("united nations", "un"),
    ("united kingdom", "uk"), ("great britain", "uk"), ("saudi arabia", "saudi"),
    ("prime minister", "pm"), ("riys al wzra", "pm"), ("rais al wuzara", "pm"),
    ("nkhst wzyr", "pm"), ("riys al jmhwrya", "president"), ("rys jmhwr", "president"),
    ("al wlayat al mthda", "us"), ("premier ministre", "pm"), ("foreign affairs", "foreign"),
    ("party of god", "hezbollah"), ("party of allah", "hezbollah"), ("god s party", "hezbollah"),
)  # fmt: skip

STOP = frozenset(
    "al el ul il ol as ash asch ad adh ar an at ath az es esh ed er en et ez ur "
    "the of for in and on to by a s de du des la le les l d der die das und von i e y o "
    "bin ibn ben bint bn w fy fi mn min ll lil wa wal affairs so called self proclaimed styled "
    .split()
)  # fmt: skip

# What a word of each kind weighs against a word that only one name has.
KINDS = {
    "force": 0.35, "party": 0.35, "state": 0.35, "media": 0.35, "title": 0.35, "manner": 0.35, "nation": 0.5,
    "shared": 0.6, "own": 1.0,
}  # fmt: skip

# Kind, meaning, and the words of it. "own": words worth as much as a name, known in translation.
MEANINGS = """
force brigade: brigade brigades kataib kataeb katibat katiba ktaib khataib battalion battalions liwa lwa tugaylari tugayi brigadas brigate brigaden phalanges keteib
force company: company companies saraya sraya sariya saryat squadron squadrons brigade brigades sarayat sayara
force league: league leagues asaib asaeb usbat usba band bands asba esaib liga ligue
force force: force forces units unit quwat quwwat qwat quwa qwa kuvvetleri gucleri fuerzas forze krafte streitkrafte troops niruha unites einheiten unidades military
force army: army jaysh jaish jish jysh
force faction: faction factions fasail fsail fasa
force militia: militia militias milishia milisyat mlyshya milice milices miliz milicia militants militant paramilitary paramilitaries fighters group groups gruppe groupe grupo armed insurgents
force corps: corps faylaq fylq
force front: front jabhat jabha jbha
force network: network networks shabaka shbka red
party movement: movement harakat haraka hrka hareket hareketi mouvement bewegung movimiento
party party: party hizb parti partei partido
party bloc: bloc coalition alliance tahaluf thalf itilaf aytlaf kutla ktla list koalition allianz alianza
party organization: organization organisation munadhama munazzama mnzma tanzim association society foundation
party committee: committee commission authority hayat haya hyia council majlis mjls board lajna lgna ljna body komitee comite
party office: office bureau maktab mktb
state government: government govt hukuma hkwma gouvernement regierung gobierno
state authorities: authorities
state ministry: ministry department wizarat wizara wzara dept
state parliament: parliament council majlis mjls nuwab nwab representatives barlaman brlman parlement
state police: police shurta shrta
state embassy: embassy sifara sfara consulate
state service: service jihaz jhaz agency bureau directorate
state security: security amn amni amny
state state: state republic jumhuriya jmhwrya dawla dwla
media news: news agency tv television channel network press media online com net org times post daily newspaper radio magazine wire site website weekly qna wkala anba khbrgzary broadcaster kanal
title president: president rais riys prasident
title pm: pm premier
title minister: minister wazir wzyr
title secretary: secretary
title general: general gen lieutenant lt major maj brigadier brig colonel col captain capt commander cmdr cmd chief qaid qayd kaid fariq fryq liwaa amid aamyd staff deputy vice acting head chairman
title sheikh: sheikh shaikh shaykh cheikh shykh shekh scheich
title sayyid: sayyid sayed seyyed seyed sayid sayyed syd seyyid sayd master lord
title hajj: hajj haj haji hajji alhaj hag
title ayatollah: ayatollah ayatullah ayatllah aya aazma uzma grand allamah marja hojatoleslam hujjat samahat
title leader: leader guide rahbar mrshd
title cleric: cleric imam scholar
title dr: dr doctor prof professor mr mrs ms engineer
title speaker: speaker spokesman spokesperson spokeswoman
title late: late martyr shahid shahyd former ex then
title envoy: ambassador envoy representative special official senior politician lawmaker mp member
title member: member members
nation IRQ: iraq iraqi iraqis iraqs irak irakien irakisch irakische aaraq araq araqya iraqia iraqiya irakli iraqiyah
nation IRN: iran iranian irans iranien iranisch ayran iranischen ayrany
nation USA: us usa america american americans amryka amrykya amrka
nation LBN: lebanon lebanese lbnan lbnany lubnan
nation SYR: syria syrian swrya syrien
nation TUR: turkey turkish trkya turkiye
nation SAU: saudi saudis
nation ISR: israel israeli
nation YEM: yemen yemeni
nation KWT: kuwait kuwaiti
nation BHR: bahrain bahraini
nation JOR: jordan jordanian
nation PSE: palestine palestinian
nation GBR: uk british britain
nation FRA: france french
nation DEU: germany german
nation RUS: russia russian
nation EGY: egypt egyptian
nation AFG: afghanistan afghan
nation PAK: pakistan pakistani
nation KRD: kurdish kurdistan krg kurd kurds
shared hezbollah: hezbollah hizballah hizbullah hizbollah hizbllah hzbllah
shared resistance: resistance muqawama mqawma resistencia resistance widerstand moqawama mukawama
shared islamic: islamic islami islam aslamy aslamya islamique islamische islamiya islamiyya
shared national: national watani wtny
shared defence: defense defence difa dfaa
manner backed: backed pro aligned linked affiliated supported allied mwaly
shared jihad: jihad jhad
shared allah: allah llah god
shared fatah: fatah fateh fath conquest fth
shared shia: shia shiite shiites shi shii shyaa chiite schiitische
shared foreign: foreign kharijiya kharjya
shared interior: interior internal dakhiliya dakhlya
shared human: human rights high independent
shared international: international world global dawli dawliya dwly
shared operations: operations joint combined
shared middle: middle east eastern west western north south
shared coordination: coordination coordinating tansiqiya tnsyqya coordinated tansiqi
shared counter: counter terrorism terrorist counterterrorism
own popular: popular people peoples shaabi shabi shaby chaabi shaabiyya populaire populaires halk populares populare
own mobilization: mobilization mobilisation mobilizations mobilisations hashd hached hachd hshd hasd hasdi heshd movilizacion mobilisierung mobilisierungskrafte seferberlik mobilitazione
own nujaba: nujaba nojaba nujabaa nijaba njba noble nobles
own guardians: guardians awliya awlia awliyaa awlya guardian
own blood: blood dam damm aldam
own cave: cave kahf kahaf kahef
own companions: companions ashab achab ashaab people
own revolutionaries: revolutionaries thairin thaireen thaeereen thaereen thairen thaeirin thayryn
own martyrs: martyrs shuhada shohada shuhadaa shhda chouhada martyr
own righteous: righteous haq haqq hagh hakk truth
own people: ahl ahlul ahlu ahli people
own revolution: revolution thawrat thawra thura thora thowra
own twenty: twenty ishrin ashreen eshreen ashrin aashryn
"""


@cache
def meanings() -> dict[str, tuple[str, frozenset[str]]]:
    """Folded word → kind, and the meanings that it has."""
    out: dict[str, tuple[str, frozenset[str]]] = {}
    for line in MEANINGS.strip().splitlines():
        head, _, words = line.partition(":")
        kind, meaning = head.split()
        for word in fold(words).split():
            before = out.get(word, (kind, frozenset()))
            out[word] = (before[0], before[1] | {meaning})
    return out
