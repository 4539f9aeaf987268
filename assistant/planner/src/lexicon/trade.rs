//! Words of the trade: how people ask for goods, and what they talk about around an order: transport, payment, rooms,
//! occasions, reasons.

use super::{Entries, Roles};

pub(super) const ENGLISH: Entries = &[
    (
        Roles::ORDER,
        "furnish|drop us|drop me|drop off|snag|nab|refill|stockpile|backorder|preorder|earmark|allocate|rustle up|scrounge up|round up|pencil in|\
         pencil us in for|jot down|mark down|mark us down for|line us up|tee up|call in|queue up|pull in|load up on|\
         load up|stock back up on|build up|bulk buy|send for|send over|send across|send us|send me|ship us|ship over|\
         bring in|bring us|bring over|get in|get us|get me|fetch us|put in for|put us in for|order in|order up|\
         get an order in for|place an order for|raise an order for|trouble you for|make do with|settle for|settle on|\
         plump for|opt for|stick with|go ahead with|be after|fancy|set us up|sort us out|kit us out with|\
         in the market for|in need of|low on|crying out for|desperate for|keen on getting|looking for|looking to get|\
         looking to buy|looking to order|after some|interested in|like to have|love to have|happy to take",
    ),
    // Said of an order, and no goods.
    (
        Roles::FILLER,
        "get in touch|gets in touch|elsewhere|somewhere else|system|computer|program|software|to the extent of|ok google|okay google|hey google|hey siri|hey there|minimum order|minimum order quantity|moq|order number|\
         purchase order number|best before|use by|sell by|shelf life|heads up|head up|quick one|small one|one off|\
         back in stock|cash on delivery|free of charge|free delivery|carriage paid|carriage free|ex works|fob|cif|ddp|\
         dap|incoterms|free house|per pallet|on the double|chop chop|right then|as ever|as promised|as agreed|\
         as discussed|as per|as mentioned|as stated|as before|as normal|same as ever|same as always|if you please|\
         be so kind|would you mind|if you dont mind|much obliged|ta very much|ta muchly|bless you|youre a star|\
         youre a legend|you rock|all good|no bother|not a problem|whenever suits|whenever you can|whenever possible|\
         when convenient|at the earliest|first thing|last thing|by return|without fail|come what may|touch wood|\
         knock on wood|to be safe|to be sure|for good measure|fair enough|so to speak|in any case|in case|in all|\
         at all|at least|at best|at worst|at first|at last|above all|all along|by far|by chance|for now|for once|\
         for starters|for sure|for certain|in short|in fact|in general|in particular|on average|on hold|on offer|\
         on sale|on special|on promotion|to start with|to begin with|up to date|up front|a couple of things",
    ),
    (
        Roles::FILLER,
        "vat|gst|nett|gross price|tax|taxes|duty|duties|tariff|tariffs|surcharge|levy|freight|shipping|postage|haulage|\
         courier|carrier|haulier|forwarder|driver|lorry driver|dhl|ups|fedex|dpd|hermes|invoice|invoices|invoiced|\
         receipt|receipts|quote|quotes|quoted|quotation|proforma|remittance|creditor|debtor|ledger|margin|margins|\
         profit|turnover|revenue|budgeted|forecast|footfall|throughput|consumption|usage|wastage|spoilage|breakage|\
         shrinkage|expiry|expired|expires|dated|batch|pallets worth|quota|allotment|allocation|contract|contracts|\
         tender|listing|catalogue|brochure|pricelist|spec|specs|label|labels|labelled|barcode|ean|gtin|tel|telephone|\
         mobile|ext|acct|account|attn|cc|bcc|fwd|asap|urgent|urgency|priority|rush|express|overnight|same day",
    ),
    (
        Roles::NOUN,
        "counter|deli|bakery|butcher|grocer|grocery|greengrocer|supermarket|minimarket|kiosk|stall|stand|booth|market|\
         marketplace|bistro|brasserie|pub|tavern|inn|hotel|hostel|lodge|spa|gym|canteen|cafeteria|mess|buffet|diner|\
         takeaway|caterer|caterers|catering|wholesaler|retailer|reseller|distributor|importer|exporter|producer|\
         brewer|baker|fishmonger|cheesemonger|sommelier|barista|manager|supervisor|foreman|storeman|storekeeper|\
         shopkeeper|landlord|landlady|tenant|neighbour|neighbours|regular|regulars|punter|punters|patron|patrons|\
         tourist|tourists|coach party|congregation|school|schools|college|university|nursery|hospital|clinic|church|\
         club|clubs|society|association|charity|council|embassy|consulate|airline|ferry|ship|boat|yacht|marina|\
         harbour|port|airport|station|depot|dock|bay|gate|entrance|door|doors|lift|ramp|loading bay|yard|aisle|cellar|\
         attic|loft|garage|shed|container|chiller|walk in|display|window|shelf|shelves|rack|racks|till|website|\
         webshop|app|newsletter|leaflet|flyer|poster|campaign|promo|promotion|promotions|discount|voucher|coupon",
    ),
    (
        Roles::FILLER.or(Roles::VERB),
        "phoned|phoning|rang|texted|texting|emailed|emailing|messaged|mentioning|reminded|reminding|insists|insisted|\
         swears|swore|claims|claimed|reports|reported|announced|announces|warned|warns|suggested|suggests|recommended|\
         recommends|proposes|proposed|offers|offered|quotes|negotiated|haggled|dropped|drops|dropping|rises|rose|\
         risen|rising|increases|increased|increasing|lowered|lowers|raised|raises|climbed|climbs|fell|falls|fallen|\
         falling|jumped|jumps|doubled|doubles|halved|peaked|slumped|dips|dipped|flies|flew|flying|shifts|shifted|\
         shifting|moves|moved|moving|vanishes|vanished|disappears|disappeared|spoils|spoilt|spoiled|rotted|mouldered|\
         leaked|leaks|leaking|burst|cracked|smashed|damaged|stolen|returned|recalled|delisted|discontinued|launched|\
         launches|relaunch|tasted|tastes|tasting|sampled|tried|loved|loves|adores|adored|hated|enjoys|enjoyed|prefers|\
         preferred|craves|begged|begs|demands|demanded|pestering|nagging|pleaded|queueing|queuing|flocking|booked|\
         books|reserved|reserves|confirmed|confirms|cancelled|postponed|moved|brought forward|renovating|refurbishing|\
         reopening|relocating|celebrating|celebrate|celebrates|marries|married|retires|retired|turns|visiting|visits|\
         visited|arrives|landing|docking|unloading|unloaded|packing|packed|stacking|stacked|labelling|counting|\
         recounted|double checked|checking|checks|reviewing|reviewed|looks|seems|appears|sounds|smells|smelled|smelt",
    ),
    (
        Roles::FILLER,
        "embarrassing|embarrassed|ridiculous|crazy|mad|insane|chaotic|hectic|frantic|slow|dull|rainy|sunny|windy|snowy|\
         freezing|chilly|mild|warm|hot weather|heatwave|weather|storm|snow|frost|flood|strike|roadworks|traffic|\
         delay|delays|shortage|shortages|crisis|panic|nightmare|disaster|miracle|surprise|relief|pleasure|honour|favour|\
         favor|trouble|bother|hassle|fuss|fault|blame|apology|apologies|congratulations|congrats|welcome back|weekend|\
         bank holiday|half term|term|terms|semester|easter break|summer|autumn|winter|spring|season|seasons|festive|\
         oktoberfest|carnival|funeral|wake|christening|baptism|communion|confirmation|engagement|graduation|prom|gig|\
         rehearsal|premiere|screening|exhibition|auction|raffle|bazaar|fete|fair|jubilee|centenary|housewarming|\
         barbecues|cookout|potluck|banquets|buffets|tastings|workshop|workshops|seminar|conference|congress|summit|\
         training|inspection|audit|hygiene|inspector|renovation|refurbishment|reopening|opening|closing|stocktaking|\
         inventory|handover|rota|shift|shifts|overtime|payday|pension|birthday party|anniversaries|in laws|mother in law|\
         father in law|grandmother|grandfather|grandson|granddaughter|aunt|cousin|nephew|niece|brother|sister|son|\
         daughter|baby|twins|fiance|bride|groom|couple|newlyweds|vicar|priest|mayor|minister|ambassador|celebrity",
    ),
    (
        Roles::HABIT,
        "at this time of year|most months|every month|each month|on a normal week|in a normal week|in an average week|\
         nine times out of ten",
    ),
];

pub(super) const GERMAN: Entries = &[
    (
        Roles::ORDER,
        "nachlegen|nachschieben|nachfullen|nachkaufen|nachordere|nachbestell|draufpacken|draufsetzen|dazupacken|dazulegen|\
         dazubestellen|mitbestellen|mitschicken|einpacken|reinpacken|raussuchen|zusammenstellen|ranschaffen|herschaffen|\
         anschaffen|zukaufen|dazukaufen|hinzukaufen|ankaufen|aufkaufen|einzukaufen|zu kaufen|zu bestellen|zu ordern|\
         zu besorgen|zu beschaffen|bevorraten|bunkern|hamstern|abrufen|beauftragen|in auftrag geben|in auftrag gegeben|\
         kommen lassen|liefern lassen|bestellen lassen|schicken lassen|losschicken|rausschicken|herschicken|ruberschicken|\
         zurucklegen|bereithalten|ordre|verlangen|wunschen|wunscht|wunschten|benotigten|benotigst|brauchst|brauchtest|\
         bestellten wir gern|bestellt bitte|sichern|sichere|eindecken mit|versorgen|versorg|beliefern|beliefere|rausgeben|\
         haben wollen|haben will|haben mochten|haben mochte|hatten wir gern|hatten wir gerne|hatte ich gern|hatte ich gerne|\
         ware super|ware klasse|waren super|waren klasse|tun es|tuns auch|nehmen wir|nehme ich|nehm ich|nehm",
    ),
    (
        Roles::FILLER,
        "und zwar|woanders|anderswo|im umfang von|in hohe von|in der menge von|an der zahl|ok google|mindestbestellmenge|mindestmenge|mindestbestellwert|mindesthaltbarkeit|haltbarkeit|mhd|frei haus|ab werk|\
         frei bordsteinkante|frei rampe|versandkostenfrei|portofrei|per spedition|per express|per eilboten|per kurier|\
         per nachnahme|per lastschrift|netto|brutto|nettopreis|bruttopreis|mwst|umsatzsteuer|vorsteuer|zoll|einfuhr|porto|\
         versand|versandkosten|fracht|frachtkosten|spedition|spediteur|kurier|fahrer|lieferwagen|rechnungsadresse|\
         lieferanschrift|anschrift|ansprechpartner|durchwahl|tel|telefon|telefonisch|mobil|fax|konto|kontonummer|iban|beleg|\
         belege|quittung|kalkulation|marge|umsatz|verbrauch|schwund|bruch|ausschuss|retoure|kontingent|rahmenvertrag|\
         jahresvertrag|abruf|ausschreibung|messebedarf|sonderpreis|aktionspreis|staffelpreis|listenpreis|hausrabatt|bonus|\
         muster|probe|proben|kostprobe|ehrlich gesagt|offen gesagt|unter uns|nebenbei|am rande|im ernst|kein witz|\
         hand aufs herz|gott sei dank|um himmels willen|ach herrje|herrje|mensch|mann|junge|jungs|madels|meine gute|nanu|\
         oha|huch|uff|puh|jippie|hurra|bravo|alles klar|geht klar|passt so|das wars|das ware es|das war es|mehr nicht|\
         sonst nichts|vorerst|furs erste|bis auf weiteres|bis dann|bis bald|bis spater|wie vereinbart|wie besprochen|\
         wie abgesprochen|wie abgemacht|wie telefonisch|wie versprochen|wie gesagt|wie gewohnt|wie sonst|wie bisher|\
         wie vorher|wie zuletzt|nach rucksprache|laut absprache|laut angebot|laut preisliste|gemass angebot|zum glaube",
    ),
    (
        Roles::FILLER.or(Roles::VERB),
        "wollte|wollten|wolltest|wolltet|meldet|melden|meldete|gemeldet|berichtet|berichtete|erzahlt|erzahlte|versichert|schwort|behauptet|beteuert|\
         empfiehlt|empfahl|empfohlen|schlagt|vorgeschlagen|bietet|bot|angeboten|verlangt|verlangte|fordert|forderte|drangt|\
         drangelt|bettelt|jammert|schimpft|schwarmt|liebt|lieben|mag|mogen|mochten|hasst|steigt|stieg|gestiegen|sinkt|sank|\
         gesunken|senkt|senkte|gesenkt|erhoht|erhohte|reduziert|verdoppelt|halbiert|fiel|klettert|geklettert|anzieht|anziehen|\
         weggeht|weggehen|weggegangen|lauft gut|laufen gut|rennt|rennen|boomt|brummt|stockt|stagniert|schimmelt|verschimmelt|\
         verfault|vergammelt|gammelt|ausgelaufen|geplatzt|zerbrochen|zerdruckt|beschadigt|gestohlen|geklaut|zuruckgegeben|\
         zuruckgerufen|ausgelistet|eingestellt|gestrichen|eingefuhrt|probiert|gekostet|getestet|verkostet|begeistert|zufrieden|\
         enttauscht|uberrascht|uberrannt|gesturmt|ausgebucht|gebucht|reserviert|abgesagt|verschoben|verlegt|vorgezogen|\
         renoviert|umgebaut|eroffnet|eroffnen|wiedereroffnet|feierten|heiratet|heiraten|geheiratet|besucht|besuchen|kommt an|\
         ankommt|anreist|anreisen|angereist|ablauft|ablaufen|auslauft|auslaufen|ausgeht|ausgehen|zuneigegeht|reinkommt|\
         reinkommen|durchgegeben|durchgeben|weitergeben|weitergegeben|weiterleiten|eingerechnet|einkalkuliert|verrechnet|\
         verzahlt|gezahlt|nachgezahlt|gepruft|uberpruft|kontrolliert|nachgeschaut|nachgesehen|gemerkt|bemerkt|festgestellt|\
         entdeckt|gefunden|vermisst|sucht|suchen|gesucht|teilen|teilt|aufteilen|verteilen|verteilt|brauchte|ausreichen|\
         hinkommen|langt|langen|draufgeht|draufgehen|riecht|schmeckt|schmecken|geschmeckt|sieht|aussieht|wirkt|klingt",
    ),
    (
        Roles::NOUN,
        "kuhltheke|theke|tiefkuhltruhe|kuhltruhe|vitrine|auslage|schaufenster|kassenbereich|eingang|hintereingang|seiteneingang|\
         laderampe|rampe|hof|garage|schuppen|dachboden|aufzug|wirtschaft|wirtshaus|gasthaus|gasthof|kneipe|lokal|bistro|imbiss|\
         kiosk|stand|wochenmarkt|supermarkt|backerei|metzgerei|fleischerei|konditorei|feinkost|feinkostladen|hofladen|hotel|\
         pension|herberge|spa|kantine|mensa|schule|kita|kindergarten|klinik|krankenhaus|altenheim|kirche|gemeinde|verein|\
         vereinsheim|sportheim|schutzenverein|feuerwehr|rathaus|botschaft|fahre|schiff|hafen|flughafen|bahnhof|grosshandel|\
         grosshandler|einzelhandel|handler|zwischenhandler|importeur|erzeuger|brauer|backer|metzger|winzer|sommelier|vertreter|\
         aussendienst|aussendienstler|filialleiter|lagerist|disponent|stammkunde|stammkunden|stammgast|stammgaste|nachbar|\
         nachbarn|touristen|reisegruppe|busgruppe|gesellschaften|belegschaft|mannschaft|schwiegermutter|schwiegervater|oma|opa|\
         tante|onkel|neffe|nichte|bruder|schwester|sohn|tochter|zwillinge|brautpaar|pfarrer|burgermeister|prospekt|flyer|\
         plakat|anzeige|kampagne|gutschein|coupon|stadtfest|volksfest|oktoberfest|kirmes|kirchweih|karneval|fasching|polterabend|\
         taufe|kommunion|konfirmation|beerdigung|trauerfeier|einweihung|richtfest|neueroffnung|wiedereroffnung|sommerfest|\
         weinfest|grillabend|themenabend|verlosung|tombola|flohmarkt|basar|ausstellung|kongress|seminar|workshop|schulung|\
         kontrolle|prufung|umbau|renovierung|schicht|uberstunden|grippewelle|streik|stau|baustelle|unwetter|sturm|hitze|\
         hitzewelle|kalte|kalteeinbruch|schnee|schneefall|regen|regenwetter|hochwasser|lieferengpass|rucksprache|absprache|\
         telefonat|besprechung|sitzung|meeting|protokoll|notfall|katastrophe|wunder|uberraschung|gefallen|freude|ehre",
    ),
    (
        Roles::FILLER,
        "ubers|vorm|unterm|hinterm|inner|ner|nem|werktags|warn|unterbesetzt|uberfordert|gestresst|genervt|verruckt|chaotisch|hektisch|ruhig|verregnet|sonnig|kalt|warm|heiss|peinlich|\
         traurig|schade|bloed|doof|argerlich|dumm|gluck|pech|knackig|reif|unreif|haltbar|abgepackt|lose|verpackt|beliebt|\
         begehrt|gefragt|nachgefragt|ausverkauft|vergriffen|lieferbar|vorhanden|mangelware|ladenhuter|renner|verkaufsschlager|\
         bestseller|dauerbrenner|klassiker|favorit|liebling|notfalls|gegebenenfalls|jedenfalls|andernfalls|schliesslich|\
         endlich|zuletzt|zunachst|vorlaufig|endgultig|ausnahmsweise|grundsatzlich|prinzipiell|erfahrungsgemass|bekanntlich|\
         offenbar|anscheinend|angeblich|tatsachlich|wirklich|ehrlich|bestimmt|garantiert|hochstwahrscheinlich|unbedingt|\
         zwingend|keinesfalls|keineswegs|durchaus|ziemlich|recht|ganz|total|vollig|komplett|restlos|punktlich|rechtzeitig|\
         termingerecht|fristgerecht|alsbald|baldigst|eilends|sogleich|augenblicklich|gerade|grad|soeben|vorhin|heuer|ab sofort",
    ),
];
