//! German words and phrases, folded: `ä` is `a`, `ß` is `ss`.

use super::{Entries, Roles};

pub(super) const ENTRIES: Entries = &[
    (
        Roles::FILLER,
        "der|die|das|dem|den|des|dieser|diese|dieses|diesen|diesem|jener|jene|davon|dazu|daraus|es|ihn|sie|ihnen|wir|ich|uns|mir|mich|dir|du|ihr|ihre|\
         ihren|unser|unsere|unserem|unseren|unserer|mein|meine|meinen|dein|deine|bitte|danke|gerne|gern|hallo|guten|gute|tag|moin|servus|liebes|liebe|lieber|team|mal|doch|noch|jetzt|sofort|nun|\
         gleich|schnell|dringend|moglichst|bald|nur|bloss|etwa|ungefahr|circa|ca|rund|genau|ist|sind|war|waren|sein|werden|wird|wurde|wurden|wurdest|kann|kannst|konnen|\
         konnte|konntest|konnten|soll|sollen|sollte|sollten|sollst|mochte|mochten|muss|mussen|musste|hat|habe|haben|hatte|hatten|hast|im|in|an|auf|aus|zu|zum|zur|fur|mit|vor|nach|bis|am|um|ab|per|\
         geliefert|liefern|lieferung|geliefert|eintreffen|ankommen|kommen|kommt|da|dort|hier|so|dann|wenn|als|dass|weil|auch|ausserdem|schon|wieder|weitere|weiteren|weiterer|weiteres|zusatzlich|zusatzliche|\
         insgesamt|zusammen|menge|anzahl|artikel|produkt|produkte|produkten|ware|waren|lieferant|lieferanten|position|positionen|folgendes|folgende|folgenden|folgt|folgender|namens|nachste|nachsten|nachster|nachstes|kommende|kommenden|\
         kommender|woche|wochen|tage|tagen|monat|monate|monaten|jahr|spatestens|termin|liefertermin|liefertag|datum|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\
         nicht|kein|keine|keinen|nein|ja|eben|halt|einfach|vielleicht|wohl|sehr|schon|frische|frischen|frischer|gross|grosse|klein|kleine|neue|neuen|neuer|alte|ganze|ganzen|beide|beiden|alle|allen|alles|jede|jeden|jeder|\
         was|wie|welche|welcher|welches|wer|wo|von|vom|bei|beim|uber|durch|und|oder|ein|eine|einen|einem|einer|eines|einmal|danach|uhr|lager|kuche|laden|buro|kunden|gaste|feier|fest|rest|etwas|man|sich|sondern|fertig|hoch|niedrig|gering|leer|viel|raus|zusammen|dabei|drin|drauf|mitbestellen|kurz|frage|eilig|eilt|beim|vorab|heute|mfg|gruss|grusse|herzliche|viele|vielen|dank|hab|hatt|ware",
    ),
    (
        Roles::FILLER,
        "so bald wie moglich|so schnell wie moglich|sobald wie moglich|guten tag|guten morgen|guten abend|vielen dank|wie immer|wie ublich|wie gehabt|zum schnellstmoglichen termin|an uns|fur uns|wie ware es mit|schnellstmoglich|auf lager|im lager|mit lieferung|zur lieferung|am besten|in summe|per sofort",
    ),
    (
        Roles::ARTICLE,
        "ein einziges|eine einzige|ein einziger|einen einzigen|ein einzelnes|eine einzelne|einen einzelnen|ein|eine|einen|einem|einer|eines|eins|weitere|weiteren|weiteres|ne|nen",
    ),
    (
        Roles::ORDER,
        "bestelle|bestellen|bestell|bestellt|bestellst|ordere|ordern|kaufe|kaufen|kauf|kaufst|einkaufen|brauche|brauchen|braucht|benotige|benotigen|benotigt|benotigten|mochte|mochten|will|wollen|wolle|\
         besorge|besorgen|besorg|hol|hole|holen|nachbestellen|nachordern|ordert|beschaffe|beschaffen|schick|schicke|schicken|hatte|hatten|nimm|nehme|nehmen|beziehe|beziehen|bring|fehlen|fehlt|bezieh|wunsche|brauchten|brauchte|sende|senden|gib|geben|bestellung|anfordern|fordere|auffullen|aufstocken|mach|mache",
    ),
    (
        Roles::ORDER,
        "was wir brauchen ist|was ich brauche sind|was ich brauche ist|konnen wir|konnten wir|konnten wir bitte|durfen wir|durften wir|kann ich|konnte ich|konnen sie uns|konnten sie uns|kannst du uns|konntest du uns|trag ein|trage ein",
    ),
    (
        Roles::FILLER,
        "erstens|zweitens|drittens|viertens|ebenfalls|gleichfalls|idealerweise|vorzugsweise|hoffentlich|leute|chefin|kollege|kollegin|kollegen|ahm|aeh|tja|naja|also|dalli|wird gebraucht|werden gebraucht|gebraucht|benotigt werden|reicht|reichen|genugt|genugen|reichte|reichten|ausreicht|fruhestens|hiermit|anbei|folgendes|nicht vor|nicht fruher als|auf rechnung|gegen rechnung|in dieser reihenfolge|ware schon|ware gut|waren gut|ware toll|sagen wir mal|wenn moglich|wenn es geht|falls moglich|diesmal|dieses mal|fur alle falle|sicherheitshalber|vorsichtshalber",
    ),
    (
        Roles::ORDER_NOUN,
        "bestellung|bestellungen|order|auftrag|lieferung|bestellentwurf|nachbestellung|entwurf|einkauf|bestellauftrag|sammelbestellung",
    ),
    (
        Roles::PACK,
        "kiste|kisten|karton|kartons|flasche|flaschchen|flascherl|kistchen|schachtelchen|doschen|glaschen|tutchen|tafelchen|sackchen|packerl|packli|eimerchen|korb|korbe|kubel|netz|netze|ballen|stange|stangen|scheibe|scheiben|blocke|trager|sixpack|sechserpack|sechserpacks|zwolferpack|multipack|umkarton|umkartons|pck|pckg|packg|pkt|stks|schtl|fla|flsch|ktn|kart|kst|kstn|pal|btl|bch|ve|vpe|gebd|flaschen|packung|packungen|paket|pakete|paketen|stuck|stucke|stk|stck|st|einheit|einheiten|dose|dosen|glas|glaser|beutel|tute|tuten|sack|sacke|\
         schachtel|schachteln|palette|paletten|becher|tafel|tafeln|rolle|rollen|kasten|fass|fasser|eimer|packchen|gebinde|kanister|tuben|laib|laibe|riegel|bund|exemplare|schale|schalen|steige|steigen|tube|box|boxen|mal|portion|portionen|\
         pack|packs|collo|kolli|container|behalter|krug|tonnen|fasschen|einh|fl|pkg|krt|x|torten|rad|rader",
    ),
    (Roles::MEASURE, "kg|kilo|kilogramm|g|gramm|ml|cl|l|liter|pfund|zentner|tonne|tonnen"),
    (Roles::SUPPLIER_LEAD, "von|vom|bei|beim|uber|lieferant|lieferanten|durch|seitens"),
    (
        Roles::SUPPLIER_LEAD,
        "von der|von dem|bei der|beim lieferanten|vom lieferanten|von der firma|bei der firma|von firma|bei firma|aus dem hause|geliefert von|bei unserem lieferanten|von unserem lieferanten|hergestellt von",
    ),
    (Roles::AND, "und|plus|sowie|nebst|samt|beziehungsweise|bzw|respektive|zuzuglich|zzgl"),
    (Roles::AND, "und auch|und dazu|und ausserdem|und noch|sowie auch|zusammen mit|und dann"),
    (Roles::OR, "oder"),
    (Roles::OR, "oder vielleicht|oder auch|oder doch"),
    (Roles::EACH, "je|jeweils|pro|jede|jedes|jeden|jeder"),
    (
        Roles::EACH,
        "von jedem|von jeder|das stuck|von beiden|von allen|je produkt|je artikel|von jedem produkt|pro produkt|pro artikel",
    ),
    (
        Roles::VAGUE,
        "einige|einigen|mehrere|mehreren|viele|genug|etwas|paar|ausreichend|zahlreiche|verschiedene|dutzende|hunderte|tausende|reichlich|genugend|bisschen|manche",
    ),
    (
        Roles::VAGUE,
        "ein paar|ein bisschen|ein wenig|eine menge|jede menge|eine handvoll|ein haufen|so viele wie|so viel wie|ein schwung|ein schung|eine reihe|wie viele auch immer|die ubliche menge|einen haufen|einen schwung|einen vorrat",
    ),
    (
        Roles::GENERAL,
        "irgendwas|irgendetwas|zeug|sachen|ware|waren|getranke|bier|biere|wein|weine|tee|kase|fleisch|fisch|brot|schokolade|sussigkeiten|knabberzeug|lebensmittel|snacks|sossen|gewurze|meeresfruchte|\
         nudeln|obst|gemuse|kekse|gleiche|ubliche|dasselbe|produkte|artikel|spirituosen|saft|safte|milchprodukte|geflugel|essen|trinken|etwas|wurst|alkohol",
    ),
    (
        Roles::GENERAL,
        "das ubliche|das gleiche|wie letztes mal|das gleiche wie letztes mal|dasselbe wie immer|die ubliche bestellung|irgend etwas",
    ),
    (
        Roles::CORRECT,
        "sorry|entschuldigung|verzeihung|moment|halt|korrektur|stattdessen|vielmehr|quatsch|nee|meinte|lieber|ups|pardon|nein|falsch|stopp|besser|doch|andersrum|berichtigung|ach|tschuldigung|ne|noe|och",
    ),
    (
        Roles::CORRECT,
        "vergiss es|vergiss das|lass das|streich das|ach was|ach ne|ah ne|nein ne|doch noch anders|anders gesagt|planwechsel|besser noch|oh nein|ah nein|ne warte|nein stopp|nein quatsch|nein doch|nein doch lieber|ach nein|ach nee|nein warte|nee warte|nein moment|ich meine|ich meinte|besser gesagt|mach daraus|mache daraus|doch lieber|doch nur|doch besser|nein lieber|oder besser|andere das auf|\
         andere auf|aendere auf|andern auf|korrigiere auf|korrigiere das auf|mach lieber|mach doch|mach das zu|nein halt|halt nein|moment mal|nein sorry|sorry nein|sollten es sein|nein ich meine|nein ich meinte|lieber doch|warte mal|nimm lieber|machen wir|sagen wir|oder nein|kommando zuruck|ach quatsch|genauer gesagt|nicht doch|ach doch|es sollen|sollen es|es sollten|sollte es",
    ),
    (
        Roles::CORRECT,
        "draus|daraus|belassen wir es bei|bleiben wir bei|warte|tippfehler|plananderung|verschrieben|vertan|verzahlt",
    ),
    (
        Roles::ALSO,
        "auch|ausserdem|dazu|zusatzlich|erganze|hinzu|weiterhin|zudem|plus|weitere|weiteren|ferner|obendrauf",
    ),
    (Roles::ALSO, "und noch|auch noch|fuge hinzu|fug hinzu|dazu noch|noch dazu|und dazu"),
    (
        Roles::REMOVE,
        "ohne|streiche|streich|entferne|weglassen|ausser|entfernen|streichen|losche|losch|auslassen|entfallt|entfallen|nix|nichts",
    ),
    (
        Roles::REMOVE,
        "kein|keine|keinen|keiner|keines|keinem|nimm raus|doch kein|doch keine|doch keinen|lass weg|nicht mehr|lass den|lass das|lass die",
    ),
    (Roles::INSTEAD, "statt|anstatt|anstelle|nicht|statt der|statt den"),
    (
        Roles::INSTEAD,
        "alles ausser|jeder ausser|jeden ausser|bloss nicht|nur nicht|aber nicht|anstelle von|und nicht|statt dessen von|an stelle von",
    ),
    (
        Roles::FOREIGN,
        "losche|losch|entferne|storniere|stornier|maile|mail|emaile|anrufe|ruf|rufe|zahle|zahl|bezahle|bezahl|uberweise|uberweis|verkaufe|verkauf|bestatige|bestatig|genehmige|genehmig|\
         buche|buch|andere|erhohe|senke|ubersetze|ubersetz|erzahl|erzahle|sing|singe|berechne|rechne|drucke|druck|exportiere|importiere|erinnere|erinner|kundige|kundig|archiviere|feuere|vergiss|ignoriere|ignorier|missachte|\
         informiere|benachrichtige|kontaktiere|umbenenne|benenne|verschiebe|erstatte|retourniere|reklamiere|empfiehl|erklare|erklar|verschicke|versende|fuhre|spiel|spiele|suche|such|google|koche|schliesse|mahne|lade|verrate|verrat|zeige|zeig|vergleiche|nenne|schreibe|schreib|korrigiere|setze|setz",
    ),
    (
        Roles::FOREIGN,
        "leg einen|lege einen|lege ein|leg ein|stell ein|nimm entgegen|stelle ein|schick eine mail|schicke eine mail|schick eine e mail|schicke eine e mail|schreib eine mail|schreibe eine mail|lege neuen|lege einen neuen",
    ),
    (
        Roles::FOREIGN_ANYWHERE,
        "loschen|stornieren|mailen|bezahlen|uberweisen|verkaufen|bestatigen|genehmigen|anrufen|ubersetzen|drucken|exportieren|importieren|kundigen|archivieren|benachrichtigen|faxen|umbenennen|retournieren|zuruckschicken|\
         zurucksenden|wetter|gedicht|witz|witze|gehalt|gehalter|urlaub|flug|passwort|kennwort|lied|rezept|rezepte|rechnung|rechnungen|mahnung|lohn|lohnabrechnung|kundenauftrag|verkaufsauftrag|gutschrift|umbuchen|\
         einbuchen|wareneingang|uberweisung|kontostand|hauptstadt|bundeskanzler|horoskop",
    ),
    (
        Roles::FOREIGN_ANYWHERE,
        "angebot einholen|angebote einholen|angebot anfordern|angebote anfordern|ein angebot an|angebot einzuholen|preis anfragen|preise anfragen|per mail|per email|eine email|eine mail|alle anweisungen|vorherigen anweisungen|bisherigen anweisungen|deine anweisungen|deine regeln|ohne bestatigung|ohne ruckfrage|ohne nachfrage|an den kunden|an kunden|neuen lieferanten|neues produkt|neuen kunden|neuer lieferant|neuen artikel|neuen benutzer|ignoriere alle|wie geht es|wer bist du|andere firma|andere mandanten|anderen mandanten|anderer mandant|preis auf|verkaufspreis",
    ),
    (
        Roles::MAKE,
        "erstelle|erstell|erstellen|schreibe|schreib|mach|mache|lege|leg|anlegen|erfasse|erfassen|setze|setz|fuge|fug|bereite|gib|sende|schick|schicke|stelle|stell|starte|tatige|lose|eroffne|buche|buch|platziere|veranlasse",
    ),
    (
        Roles::INTERROGATIVE,
        "was|welche|welcher|welches|welchen|wer|wann|wo|woher|wie|wieviel|wieviele|warum|wieso|zeig|zeige|liste|nenne|nenn|wem|wessen|finde",
    ),
    (Roles::SOFT_QUESTION, "ist|sind|hat|haben|habt|gibt|gibts|kommt|kommen|prufe|pruf|liegt|liegen|schau|hast"),
    (
        Roles::STOCK,
        "bestand|lagerbestand|bestande|vorrat|vorrate|vorratig|lager|ubrig|verfugbar|lagermenge|restbestand|wieviel|wieviele|da|lagerstand|verfugbarkeit",
    ),
    (Roles::STOCK, "wie viel|wie viele|haben wir|gibt es|auf lager|im lager|ist noch|sind noch|noch da"),
    (Roles::PRICE, "preis|preise|kostet|kosten|teuer|einkaufspreis|gunstig|stuckpreis|kostete"),
    (Roles::PRICE, "wir zahlen|wir bezahlen|bezahlen wir|zahlen wir|wie viel kostet|was kostet|wie teuer"),
    (
        Roles::OPEN,
        "offen|offene|offenen|offener|ausstehend|ausstehende|ausstehenden|unterwegs|laufende|laufenden|erwartet|bestellt|aktuelle|ungelieferte|unerledigte|erwarten",
    ),
    (
        Roles::OPEN,
        "laufen noch|lauft noch|kommt noch|kommen noch|steht aus|stehen aus|noch aus|im zulauf|noch nicht geliefert|noch nicht da|noch nicht angekommen|stehen noch|steht noch",
    ),
    (
        Roles::OVERDUE,
        "uberfallig|uberfallige|uberfalligen|uberfalliges|verspatet|verspatete|verspateten|verzogert|verzug",
    ),
    (Roles::OVERDUE, "schon da sein|langst da sein|hatten schon|in verzug|im verzug|zu spat|im ruckstand|hatte schon"),
    (
        Roles::LOW,
        "knapp|nachbestellen|nachbestellt|nachzubestellen|mindestbestand|meldebestand|bestellpunkt|engpass|engpasse|aufgebraucht|nachordern|auffullen",
    ),
    (
        Roles::LOW,
        "geht aus|gehen aus|wird knapp|werden knapp|geht zur neige|gehen zur neige|mussen wir bestellen|bestellt werden|sollten wir bestellen|fast leer|neige",
    ),
    (
        Roles::SUPPLIES,
        "liefert|lieferant|lieferanten|verkauft|hersteller|stammt|beziehen|bekommen|anbietet|bietet|vertreibt|fuhrt",
    ),
    (
        Roles::SUPPLIES,
        "von wem|bei wem|woher kommt|woher bekommen|wo kaufen|woher beziehen|wo bestellen|wo bekommen|bei welchem|von welchem|wo kriegen",
    ),
    (Roles::RANGE, "sortiment|produkte|artikel|waren|angebot|produktpalette|katalog"),
    (
        Roles::RANGE,
        "was kaufen|was beziehen|was liefert|was bekommen|welche produkte|welche artikel|was alles|was bestellen|was hat|was verkauft|was bietet|was fuhrt|was gibt",
    ),
    (
        Roles::DESCRIPTION,
        "tee|kaffee|bier|kase|wein|sosse|brot|fisch|getrank|algen|rogen|kaviar|aufstrich|wurst|wurste|knodel|bohnen|likor|sirup|gewurz|schnecken|hering|lachs|kuchen|mehl|nudeln|marke|sorte|frisch|frische|\
         frischen|bio|grosse|grossen|kleine|kleinen|leckere|leckeren|gute|guten|artikel|produkt|kekse|original|getranke|beste|besten|tiefgekuhlt|gekuhlt|fein|feine|feinen|echte|echten|senf|bratwurste",
    ),
    (
        Roles::BREAK,
        "weil|da|die|der|das|welche|wir|ich|denn|wenn|damit|aber|jedoch|obwohl|danke|gruss|grusse|sofern|falls|bitte|dass|ehe",
    ),
    (Roles::YES, "ja|jawohl|genau|richtig|klar|stimmt|einverstanden|gerne|jo|jep|passt|okay|ok|korrekt|sicher"),
    (Roles::YES, "ja bitte|ja genau|mach das|das passt|den ersten|die erste|das erste"),
    (Roles::DROP, "abbrechen|vergiss|abbruch|stopp|egal|verwerfen|verwirf"),
    (
        Roles::DROP,
        "vergiss es|lass es|lass gut sein|lassen wir das|doch nicht|lieber nicht|storniere das|brich ab|vergiss das|lass mal|schon gut|hat sich erledigt|nicht mehr notig|nein danke|verwirf das|verwirf den entwurf",
    ),
    (
        Roles::THING,
        "lieferant|lieferanten|kunde|kunden|produkt|produkte|benutzer|konto|lager|preis|preise|verkaufspreis|bestand|rechnung|mitarbeiter|kategorie|datensatz|rechte|rolle|adresse|passwort|rabatt|steuer|wahrung|anweisungen|regeln|meldebestand|datenbank|tabelle|artikel|lagerbestand",
    ),
    (
        Roles::CODE_LEAD,
        "artikel|artikelnummer|artikelnr|produkt|produktnummer|nummer|nr|code|kode|art|bestellnummer|kennung|teil|artnr",
    ),
    (
        Roles::CHANGE,
        "andere|andern|setze|setz|erhohe|reduziere|senke|ersetze|ersetz|tausche|tausch|korrigiere|aktualisiere|wechsle|verdopple|austauschen|erhohen|reduzieren|ersetzen|umandern|abandern",
    ),
    (Roles::MORE, "mehr|weitere|weiteren"),
    (Roles::LEFT, "ubrig|verbraucht|verkauft|vorratig"),
    (
        Roles::FILLER,
        "nicht vergessen|keine eile|kein stress|kein termin|keine hektik|kein problem|ohne eile|kein bestimmter termin",
    ),
    (
        Roles::LEFT,
        "haben nur noch|nur noch|haben noch|auf lager|im lager|geht aus|gehen aus|letztes mal|letzten monat|letzte woche|ist aus|fast leer|geht zur neige|ist alle|sind alle|wird knapp|werden knapp",
    ),
    (
        Roles::PLACE,
        "lager|buro|laden|kuche|filiale|restaurant|kantine|geschaft|feier|fest|bar|team|kunden|gaste|uns|standort|adresse|woche|weihnachten|aktion|zentrale|hauptlager|theke|weihnachtsfeier|betriebsfeier|sommerfest|fruhstuck|keller|saison|buffet",
    ),
    (
        Roles::USUAL,
        "ublichen|ublicher|gewohnten|normalen|jeweiligen|zustandigen|hauptlieferanten|standardlieferanten|stammlieferanten|bekannten|eigenen|bisherigen",
    ),
    (Roles::ALL, "beide|beiden|alle|allen|alles"),
    (Roles::TO, "an|fur|ans|furs|zu|zur|nach|in|ins"),
    (Roles::NOTE, "notiz|bemerkung|hinweis|anmerkung|kommentar|vermerk"),
];
