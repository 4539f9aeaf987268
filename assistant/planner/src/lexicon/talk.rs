//! Words people talk with around an order: verbs of every day in their forms, adverbs, states, people, rooms, occasions.
//!
//! They name no product and ask for nothing, so that what is left over is likelier a thing nobody knows.

use super::{Entries, Roles};

pub(super) const ENGLISH: Entries = &[
    (
        Roles::JOINT,
        "for|to|in|on|at|the|from|of|by|into|with|per|and|or|a|an|our|your|their|this|that|these|those|before|after|until|via|as|so|but",
    ),
    (
        Roles::FILLER,
        "isnt|arent|wasnt|werent|havent|hasnt|hadnt|dont|doesnt|didnt|cant|couldnt|wont|wouldnt|shouldnt|mustnt|neednt|cannot|aint|\
         discount|percent|wholesale|retail|straightaway|gladly|ordinarily|altogether|past|net|payment|terms|invoice|ish|fewer|upfront|prepaid|comma|max|maximum|min|minimum|incl|excl|inc|exc|aboard|onboard|rate|subject|effective|onward|onwards|approval|pending",
    ),
    (
        Roles::FILLER,
        "like hot cakes|like hotcakes|like crazy|like mad|of which|is there any way|is there any chance|is there a chance|any chance|any way|is there some way",
    ),
    (
        Roles::DOUBT,
        "or whoever|or whichever|from whoever|from whichever|cheapest supplier|cheaper supplier|cheapest vendor|whoever is cheapest|whoever is cheaper|whoevers cheapest|whichever is cheaper|whichever is cheapest|best price|swap the numbers|swap the two|swap them|other way round|other way around|the reverse|vice versa|pending approval|subject to approval|once approved|awaiting approval|when the price drops|if approved|between the years|half price|half the price|half off|not sure|not certain|unsure|undecided|cant decide|cannot decide|or was it|what do you think|what would you say",
    ),
    (
        Roles::ORDER,
        "reserve|preorder|commission|secure|organise|organize|requesting|lay in|line up|pick up|lay my hands on|get my hands on|get hold of|\
         get a hold of|put aside|set aside|sort us out with|hook us up with|set us up with|fix us up with",
    ),
    (Roles::ORDER, "could have|we could have|could do with|could use|will have|well have|go with|go for"),
    (
        Roles::VERB,
        "is|are|be|been|was|were|am|do|does|did|will|would|shall|should|could|can|might|must|may|has|have|had|ought|lets",
    ),
    // Verbs.
    (
        Roles::FILLER.or(Roles::VERB),
        "says|saying|said|tells|telling|told|asks|asking|asked|opens|opened|opening|closes|closed|closing|came|goes|went|gone|runs|ran|\
         keep|keeps|kept|look|looks|looked|looking|feel|feels|felt|seem|seems|seemed|happen|happens|happened|means|works|worked|\
         working|thinks|thought|knows|knew|known|hope|hopes|hoped|hoping|believe|believes|guess|suppose|mention|mentioned|expect|\
         expects|complained|complains|starts|started|starting|begin|begins|began|ends|ended|finish|finishes|finished|eat|eats|ate|\
         eaten|serve|serves|served|serving|use|uses|using|host|hosts|hosted|hosting|plan|plans|planned|planning|finds|found|finding|\
         gave|gives|given|giving|took|takes|taken|taking|leave|leaves|leaving|last|lasts|lasted|sits|sat|stand|stands|stay|stays|\
         stayed|turns|turned|turning|wonder|wonders|wondering|wondered|bother|bothers|mind|minds|appreciate|appreciated|care|cares|\
         talk|talked|talking|speak|spoke|spoken|hear|heard|see|sees|saw|seen|try|tries|tried|trying|wait|waits|waiting|waited|decide|\
         decides|decided|agree|agrees|agreed|promise|promised|realise|realised|realize|realized|remember|remembered|forgot|forgotten|\
         becomes|became|gets|getting|got|makes|made|making|does|doing|done|wanted|needing|assume|assuming|reckon|\
         figure|figured|understand|sell|sells|sold|selling|bought|received|dying|die|died|broke|broken|reads|read|hurry|rush|work|\
         thinking|keeping|holding|holds|held|bring|brings|bringing|thank|ran|shows|showed|shown|counted|checked|noticed|spotted|fits|\
         suits|suit|happens|matters|matter|depends|reaches|reach|lands|turn|cooked|cooks|baked|ask|wrote|written|writes|replaces",
    ),
    // Adverbs and particles.
    (
        Roles::FILLER,
        "sometime|sometimes|somewhere|somehow|always|never|often|usually|normally|typically|generally|mostly|nearly|almost|\
         practically|barely|hardly|apparently|unfortunately|sadly|luckily|fortunately|certainly|probably|possibly|eventually|\
         initially|originally|currently|presently|recently|lately|later|sooner|earlier|afterwards|beforehand|tonight|whenever|\
         wherever|however|whatever|whichever|either|neither|nor|else|thus|hence|therefore|besides|especially|particularly|\
         specifically|personally|seriously|kinda|sorta|gonna|gotta|wanna|lemme|gimme|dunno|innit|mate|tbh|imo|afaik|aka|ie|eg|etc|viz|\
         pronto|promptly|swiftly|fast|faster|fastest|early|twice|thrice|ever|yet|ago|somewhat|rather|bit|tad|till|hopefully|ah|oh|ooh|\
         aah|hm|mm|mhm|uhm|umm|uhh|eh|huh|ugh|yo|yay|wow|oi|ahem|lol|haha|hehe|xd|pretty|fairly|awfully|terribly|super|mega|totally|\
         way|across|along|among|around|behind|beside|between|beyond|despite|except|inside|near|opposite|outside|towards|under|\
         underneath|unless|unlike|upon|whereas|whether|without|together|apart|ahead|aside|abroad|anymore|everywhere|nowhere|roughly",
    ),
    // States and judgements.
    (
        Roles::FILLER,
        "busy|empty|bare|dead|dry|glad|happy|grateful|sure|certain|afraid|aware|able|unable|worried|welcome|true|wrong|free|hungry|\
         thirsty|popular|necessary|important|particular|special|main|several|different|separate|single|similar|such|better|worse|worst|\
         bad|okay|alright|perfect|brilliant|fantastic|super|awesome|convenient|fine|flexible|final|spare|tight|short|shorter|long|longer|\
         due|available|expensive|cheaper|cheapest|usual|unusual|own|major|minor|huge|little|least|most|enough|nice|nicer|kind|sorry|\
         easier|easy|hard|harder|tired|sick|ill|broke|quiet|loud|open|public|private|local|annual|monthly|weekly|daily|yearly|promo|\
         promotional|seasonal|bigger|smaller|larger|couple|poss|possible|impossible",
    ),
    // What was: verbs that tell and do not ask.
    (
        Roles::PAST,
        "had|was|were|wasnt|werent|hadnt|didnt|took|came|went|ran|gave|threw|ate|drank|began|became|got through|ran out|sold out",
    ),
    (Roles::HABIT, "usually|normally|typically|generally|ordinarily|previously|earlier|formerly|mostly"),
    (
        Roles::HABIT,
        "last time|last week|last month|last year|as a rule|in the past|so far|most weeks|every week|each week|the other day",
    ),
    (
        Roles::PEOPLE,
        "people|person|persons|guest|guests|visitors|customers|clients|kids|children|adults|staff|colleagues|employees|students|members|\
         friends|diners|covers|participants|attendees|heads|families|men|women|pax|seats|shops|stores|branches|restaurants|tables|\
         locations|sites|outlets|rooms",
    ),
    (
        Roles::FILLER,
        "people|person|folk|crowd|family|friend|friends|wife|husband|owner|owners|director|directors|management|managers|assistant|\
         secretary|intern|cook|chef|chefs|waiter|waitress|barman|bartender|lady|gentleman|man|woman|men|women|everybody|everyone|\
         someone|somebody|anybody|anyone|nobody|noon|midnight|midday|daytime|fortnight|quarter|holidays|birthday|wedding|weddings|\
         banquet|festival|fair|function|conference|tasting|reception|gala|concert|match|game|tournament|anniversary|brunch|supper|\
         picnic|barbecue|bbq|evening|evenings|mornings|nights|night|menu|menus|purchasing|accounting|procurement|finance|logistics|\
         sales|marketing|department|place|way|case|fact|idea|luck|problem|problems|issue|issues|reason|reasons|situation|matter|\
         point|choice|option|options|sum|rest|remainder|request|requests|attention|deadline|trouble|mess|batch|batches|campaign|\
         offer|deal|terms|condition|conditions|basis|stocktake|details|info|information|version",
    ),
    (
        Roles::FILLER,
        "swedes|danes|finns|norwegians|dutch|germans|french|italians|spaniards|brits|british|americans|canadians|australians|aussies|\
         japanese|swedish|danish|finnish|norwegian|german|italian|spanish|american|canadian|australian|former|latter|eta|online|reference|references|vintage|harvest|season|budget",
    ),
    // Things nobody sells here: talk, unless they are counted.
    (
        Roles::NOUN,
        "phone|battery|fridge|fridges|freezer|freezers|cooler|larder|pantry|storeroom|stockroom|basement|counter|till|terrace|garden|\
         truck|lorry|van|page|pages|sheet|form|forms|copy|dish|dishes|plate|plates|course|courses|chair|chairs|shelf|shelves|rack|room",
    ),
    (
        Roles::ROOM,
        "shelf|aisle|rack|bay|room|table|gate|hall|floor|block|fridge|freezer|store|branch|site|station|till|shop|dock|page|section|\
         chapter|ext|extension|version|customer|location|building|house|suite|unit|project|attn",
    ),
];

pub(super) const GERMAN: Entries = &[
    (
        Roles::JOINT,
        "fur|zu|in|im|ins|an|am|ans|auf|der|die|das|den|dem|des|von|vom|bei|beim|mit|pro|je|und|oder|ein|eine|einen|einem|einer|unser|\
         unsere|unserem|unseren|ihr|ihre|dieser|diese|dieses|vor|nach|bis|ab|per|als|aber|zum|zur",
    ),
    (
        Roles::DOUBT,
        "umgekehrt|andersherum|vertauscht|vorbehaltlich|nach freigabe|nach genehmigung|sobald freigegeben|unter vorbehalt|zwischen den jahren|bei wem auch immer|billigsten anbieter|gunstigsten anbieter|billigsten lieferanten|gunstigsten lieferanten|wer am billigsten|wer am gunstigsten|wo es am billigsten|wo es am gunstigsten|halber preis|halben preis|halbem preis|halbe preis|nicht sicher|unsicher|unschlussig|was meinst du|was meinen sie|was denkst du|was denken sie|oder war es|oder waren es",
    ),
    (
        Roles::ORDER,
        "reserviere|reservieren|organisiere|organisieren|notier|notiere|notieren|vormerken|aufschreiben|nachliefern|anliefern|zuschicken|\
         zusenden|einplanen|vorbestellen|liefere|liefert|auftreiben|klarmachen|bereitstellen|bereitlegen|dazunehmen|mitnehmen|eindecken",
    ),
    (
        Roles::FILLER,
        "anfang|mitte|ende|beginn|skonto|rabatt|nachlass|prozent|mehrwertsteuer|mwst|ust|report|bericht|zahlungsziel|zahlung|zahlbar|vorkasse|komma|verbindlich",
    ),
    (
        Roles::VERB,
        "ist|sind|war|waren|sein|werden|wird|wurde|wurden|kann|konnen|konnte|konnten|soll|sollen|sollte|sollten|muss|mussen|durfen|durften|\
         hat|haben|hatte|hatten|ware",
    ),
    // Verben.
    (
        Roles::FILLER.or(Roles::VERB),
        "sage|sagt|sagte|sagten|gesagt|meint|meinen|meinten|gemeint|frage|fragt|fragte|gefragt|bittet|bitten|bat|gebeten|offnet|\
         offnen|geoffnet|macht|machten|gemacht|machen|gehe|geht|gehen|ging|gingen|gegangen|lauft|laufen|lief|gelaufen|steht|stehen|\
         stand|standen|gestanden|liegt|liegen|lag|lagen|gelegen|bleibt|bleiben|blieb|geblieben|findet|finden|fand|gefunden|weiss|wissen|\
         wusste|gewusst|glaube|glauben|glaubt|denke|denken|denkt|dachte|gedacht|hoffe|hoffen|hofft|gehofft|freue|freuen|freut|gefreut|\
         rechnet|rechnen|gerechnet|planen|plant|plane|geplant|feiern|feiert|gefeiert|kam|kamen|gekommen|gab|gaben|gegeben|ware|wurden|\
         durfte|durften|darf|nehmen|nimmt|nahm|nahmen|genommen|tut|tun|tat|getan|halte|halten|halt|hielt|gehalten|lasse|lasst|lassen|\
         gelassen|zeigt|zeigte|gezeigt|heisst|hiess|sehe|sehen|sieht|sah|gesehen|hore|horen|hort|gehort|spreche|sprechen|sprach|\
         gesprochen|rede|reden|geredet|arbeiten|arbeitet|gearbeitet|kochen|gekocht|backen|gebacken|essen|gegessen|trinken|getrunken|\
         serviere|servieren|serviert|verbrauchen|verbraucht|versuche|versuchen|versucht|warten|wartet|gewartet|vergessen|verloren|\
         verdorben|kaputt|ausgefallen|abgelaufen|ausgegangen|fallt|fallen|gefallen|passiert|passieren|stimmt|stimmen|hangt|hangen|\
         beginnt|beginnen|begann|begonnen|endet|enden|schliesst|schliessen|geschlossen|erwarte|erwarten|erwartet|rechne|verhandelt|\
         ausgehandelt|besprochen|abgesprochen|vereinbart|abgemacht|ausgemacht|angekundigt|gefragt|eingeladen|gebucht|gekauft|bekommen|\
         erhalten|gehabt|gewesen|worden|geworden|wurde|wirst|werde|werdet|seid|bin|bist|sei|waere|scheint|schien|spielt|uberlege|\
         uberlegt|uberlegen|entschieden|gestrichen|ersetzt|genugen|klappt|klappen|erganzen|eintragen|aufgeben|veranlassen|aufnehmen",
    ),
    // Adverbien und Partikeln.
    (
        Roles::FILLER,
        "immer|nie|niemals|oft|ofter|manchmal|meist|meistens|normalerweise|ublicherweise|gewohnlich|sonst|ansonsten|fast|beinahe|nahezu|\
         kaum|leider|zum|gluck|glucklicherweise|sicherlich|wahrscheinlich|vermutlich|eventuell|evtl|moglicherweise|anfangs|\
         ursprunglich|eigentlich|derzeit|momentan|aktuell|neulich|kurzlich|letztens|spater|fruher|eher|danach|vorher|nachher|daher|\
         darum|deshalb|deswegen|somit|folglich|ubrigens|besonders|speziell|personlich|ernsthaft|irgendwann|irgendwo|irgendwie|jederzeit|\
         demnachst|baldmoglichst|schnellstens|umgehend|zeitnah|unverzuglich|fix|flott|flugs|zugig|rasch|schleunigst|hurtig|draus|daraus|\
         darauf|davor|dahinter|daneben|darin|daran|dafur|dagegen|darunter|daruber|wovon|womit|wofur|hin|her|rein|rauf|runter|rum|weg|los|\
         zuruck|vorbei|drinnen|draussen|oben|unten|hinten|vorne|links|rechts|nebenan|uberall|nirgends|allerdings|trotzdem|dennoch|\
         immerhin|sowieso|ohnehin|zumindest|wenigstens|mindestens|hochstens|maximal|minimal|genauso|ebenso|ungefahr|knappe|gut|gute|prima|\
         super|toll|klasse|perfekt|bestens|ah|ach|aha|oh|hm|hmm|mh|ahh|ohh|ups|na|naja|tja|joa|gell|ne|nicht|wa|woll|ey|hey|jau|alter|\
         digga|lol|haha|bzgl|bezuglich|betreffend|betrifft|laut|gemass|wegen|trotz|wahrend|innerhalb|ausserhalb|statt|zwecks|mithilfe|\
         anhand|seit|sobald|solange|bevor|nachdem|indem|sodass|ob|sowohl|entweder|weder|zwar|usw|etc|zb|bspw|ggf|inkl|exkl|zzgl|abzgl|\
         bes|vllt|vlt|iwie|iwann|mfg|pls|asap|bidde|biddeschon|dankeschon|schonmal|mir|brauchat|brauchts|hatts|hatt|kannste|habts|machste",
    ),
    // Zustande und Urteile.
    (
        Roles::FILLER,
        "leer|leere|leeren|voll|volle|alle|aus|offen|fertig|frei|krank|mude|hungrig|durstig|wichtig|wichtige|notig|notwendig|erforderlich|\
         dringende|dringenden|eilige|eiligen|besondere|besonderen|spezielle|einzeln|einzelne|einzelnen|getrennt|getrennte|separat|\
         separate|separaten|unterschiedlich|verschieden|schlecht|schlechte|besser|schlimm|schlimmer|falsch|gewunscht|gewunschte|\
         gewunschter|gewunschten|bevorzugt|spatester|flexibel|egal|moglich|unmoglich|schwierig|leicht|einfache|schwer|lang|lange|kurz|\
         kurze|kurzem|spat|fruh|teurer|teuer|billiger|billig|gunstiger|eigen|eigene|eigenen|ublich|ubliche|gewohnt|gewohnte|bekannt|\
         bekannte|bisherige|nachstmoglich|nachstmoglichen|geehrte|herzlich|freundlich|freundliche|nett|lieb|froh|dankbar|geschlossene|\
         geschlossenen|private|offentlich|taglich|wochentlich|monatlich|jahrlich|saisonal|erste|ersten|erster|zweite|zweiten|zweiter|\
         dritte|dritten|dritter|vierte|vierten|letzte|letzten|letzter|naechste|halbe|ganze|ganzen|weitere",
    ),
    // Was war: Verben, die erzahlen.
    (
        Roles::PAST,
        "war|waren|kam|kamen|bekam|bekamen|nahm|nahmen|kaufte|kauften|bestellte|bestellten|verkauften|gab|gaben|ging|gingen|wurde|\
         wurden|hatte|hatten|gewesen|gehabt|erhielten|verbrauchten|reichten|reichte",
    ),
    (
        Roles::HABIT,
        "normalerweise|ublicherweise|gewohnlich|meistens|meist|sonst|fruher|bisher|neulich|letztens|kurzlich|ursprunglich",
    ),
    (
        Roles::HABIT,
        "letztes mal|letzten monat|letzte woche|letztes jahr|vorige woche|vorigen monat|das letzte mal|beim letzten mal|jede woche",
    ),
    (
        Roles::PEOPLE,
        "leute|leuten|person|personen|gast|gaste|gasten|besucher|besuchern|kunden|kinder|kindern|mitarbeiter|mitarbeitern|kollegen|\
         teilnehmer|teilnehmern|mann|personal|schuler|erwachsene|mitglieder|freunde|filialen|standorte|laden|tische|tischen|platze|\
         kopfe|hotels|kuchen|raume|zimmer",
    ),
    (
        Roles::FILLER,
        "person|familie|familien|freund|freunde|frau|herr|herrn|damen|herren|chef|chefs|kuchenchef|besitzer|inhaber|direktor|\
         direktorin|leiter|leiterin|leitung|geschaftsleitung|geschaftsfuhrung|verwaltung|sekretariat|azubi|praktikant|koch|kochin|\
         kellner|kellnerin|wirt|wirtin|jemand|niemand|keiner|mittag|mitternacht|feiertag|feiertage|ferien|geburtstag|hochzeit|\
         hochzeiten|bankett|messe|markt|tagung|konferenz|verkostung|empfang|gala|konzert|spiel|turnier|jubilaum|brunch|abendessen|\
         mittagessen|picknick|grillfest|abend|abende|nacht|karte|speisekarte|menu|gesellschaft|veranstaltung|verein|abteilung|\
         buchhaltung|logistik|vertrieb|platz|fall|falle|idee|problem|probleme|grund|grunde|situation|sache|punkt|wahl|summe|anfrage|\
         nachfrage|bedarf|angabe|angaben|info|infos|information|achtung|frist|eile|druck|stress|chaos|posten|charge|vertrag|bedingung|\
         bedingungen|basis|liste|zettel|inventur|geschaft|zeit|zeiten|anlass|wunsch|wunsche|plan|ankunft|eingang|zustellung|\
         anlieferung|versand|abholung|lieferzeit|lieferadresse|nachschub|meldung|anforderung|gott|servus|habe die ehre",
    ),
    (
        Roles::FILLER,
        "schweden|danen|finnen|norweger|norwegern|hollander|hollandern|niederlander|niederlandern|franzosen|italiener|italienern|spanier|\
         spaniern|briten|amerikaner|amerikanern|kanadier|kanadiern|australier|australiern|japaner|japanern|ersteren|letzteren|\
         ersterem|letzterem|erstere|letztere|referenz|jahrgang|ernte",
    ),
    // Dinge, die hier niemand verkauft: Gerede, solange sie nicht gezahlt werden.
    (
        Roles::NOUN,
        "handy|akku|kuhlschrank|kuhlschranke|kuhlraum|kuhlhaus|truhe|tiefkuhler|gefrierschrank|vorratskammer|tresen|terrasse|garten|\
         seite|seiten|blatt|formular|kopie|gericht|gerichte|teller|stuhl|stuhle|regal|regale|lkw|laster|tabelle|zeile|spalte",
    ),
    (
        Roles::ROOM,
        "regal|fach|halle|raum|zimmer|tisch|etage|tor|rampe|filiale|standort|kasse|gebaude|haus|seite|abschnitt|durchwahl|dw|postfach|\
         plz|version|kunde|vorgang|markt|gang|kostenstelle|stand",
    ),
];
