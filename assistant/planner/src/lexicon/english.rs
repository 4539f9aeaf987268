//! English words and phrases.

use super::{Entries, Roles};

pub(super) const ENTRIES: Entries = &[
    (
        Roles::FILLER,
        "frm|shopping|restocking|todo|task|wishlist|reminder|shortage|u|ur|the|of|this|that|these|those|them|it|its|their|our|my|your|his|her|we|i|im|id|ill|us|me|you|they|he|she|please|pls|plz|\
         kindly|thanks|thank|thx|cheers|hi|hello|hey|dear|team|good|morning|afternoon|evening|again|now|immediately|right|away|\
         straight|today|just|only|still|yet|maybe|perhaps|about|around|roughly|approximately|approx|circa|exactly|precisely|\
         is|are|be|been|was|were|am|do|does|did|will|would|shall|should|could|can|might|must|have|has|had|having|get|got|gets|\
         go|going|let|lets|like|love|so|then|there|here|in|on|up|out|off|over|into|onto|if|when|while|as|than|too|very|really|\
         quite|much|asap|urgently|urgent|quickly|soon|possible|ready|time|delivered|delivery|deliver|delivering|arrive|arrives|arriving|\
         arrived|shipped|shipping|shipment|due|needed|required|requested|expected|latest|date|dated|per|for|by|until|till|before|to|at|\
         with|within|during|after|since|because|who|whom|ok|okay|well|also|another|additional|extra|further|other|others|new|old|fresh|whole|full|entire|\
         total|quantity|qty|amount|number|count|line|lines|item|items|product|products|article|articles|supplier|suppliers|vendor|\
         following|follows|below|above|list|namely|called|named|regular|standard|normal|next|coming|upcoming|last|week|weeks|day|days|month|months|year|years|monday|\
         tuesday|wednesday|thursday|friday|saturday|sunday|need|needs|some|any|all|both|every|not|no|yes|one|ones|first|second|third|\
         kind|sort|type|best|nice|lovely|great|finest|favourite|favorite|famous|delicious|\
         office|kitchen|warehouse|store|shop|stock|party|event|customer|customers|guests|weekend|christmas|\
         say|make|put|take|think|know|want|wants|wish|help|question|quick|re|fyi|btw|actually|really|simply|altogether|overall|everything|else|more|less|what|\
         how|which|from|through|via|usual|behalf|name|same|default|preferred|end|beginning|start|early|late|mid|and|or|each|a|an|being|come|comes|coming|such",
    ),
    (
        Roles::FILLER,
        "thanks a million|thanks a ton|thanks a bunch|thanks a lot|thanks a bundle|thanks heaps|cheers a million|or so|after all|as soon as possible|at the latest|right away|straight away|thank you|many thanks|of course|at your earliest convenience|as well|\
                     what about|how about|in total|at once|to us|for us|to me|for me|by the way|in time|on time|a total of|if possible|\
                     no rush|as usual|as always|per usual|no later than|good morning|good afternoon|good evening|for delivery|with delivery|to be delivered|per day",
    ),
    (Roles::ARTICLE, "a|an|one|another|a single|one single|just the one|only the one|just a single|only a single"),
    (
        Roles::ORDER,
        "ordr|order|ordering|reorder|buy|buying|purchase|purchasing|get|need|needs|want|wants|restock|replenish|procure|obtain|source|requisition|require|requires|require|\
         bring|fetch|draft|send|ship|give|grab|acquire|stock|like|order|orders|take|prepare|arrange|request|demand|deliver|supply",
    ),
    (
        Roles::ORDER,
        "what we need is|what we need are|what i need is|what i need are|what i want is|what we want is|what wed like is|what id like is|all we need is|all i need is|can we have|could we have|may we have|might we have|can i have|could i have|may i have|might i have|can we get|could we get|may we get|can i get|could i get|can you get|could you get|can you get us|could you get us|stock up|stock up on|top up|top it up|put us down for|put me down for|sign us up for|go for|run to",
    ),
    (
        Roles::FILLER,
        "any time|anytime|any day|firstly|secondly|thirdly|lastly|finally|sent|ought|ought to do it|brought|sorted|likewise|respectively|cover|covers|ideally|preferably|hopefully|once|already|anyway|though|however|otherwise|basically|literally|obviously|honestly|um|uh|erm|er|yeah|folks|guys|everybody|colleague|colleagues|boss|manager|meanwhile|moment|suffice|suffices|odd|fingers crossed|per week|to the tune of|in the meantime|wouldnt go amiss|would not go amiss|would be enough|will be enough|should be enough|is enough|are enough|will do|should do|would do|paid by invoice|and paid by invoice|by invoice|on invoice|on account|in that order|not before|not earlier than|no earlier than|just in case|to be on the safe side|if you can|if you would|if you could|if at all possible|when you get a chance|when you have a moment|let me think|let me see|you know|i think|i guess|i suppose|i believe|i dont know",
    ),
    (Roles::ORDER_NOUN, "order|orders|po|pos|requisition|purchase|delivery|shipment|draft|reorder"),
    (
        Roles::PACK,
        "box|boxes|boxs|boxe|bottle|bottles|case|cases|carton|cartons|crate|crates|pack|packs|package|packages|packet|packets|pkg|pkgs|\
         piece|pieces|pc|pcs|unit|units|jar|jars|can|cans|tin|tins|bag|bags|sack|sacks|tub|tubs|tube|tubes|pallet|pallets|tray|trays|\
         roll|rolls|bar|bars|glass|glasses|barrel|barrels|keg|kegs|drum|drums|container|containers|carton|bunch|bunches|loaf|loaves|wheel|wheels|\
         round|rounds|slab|slabs|stick|sticks|pouch|pouches|bundle|bundles|parcel|parcels|hamper|hampers|basket|baskets|sachet|sachets|\
         ea|tins|flask|flasks|jug|jugs|punnet|punnets|ctn|ctns|cs|btl|btls|bx|x|copies|portion|portions|serving|servings|set|sets|lot|lots|item|items|block|blocks|pot|pots|casks|cask|pie|pies|nos|sixpack|sixpacks|twelvepack|fourpack|fourpacks|multipack|multipacks|twinpack|plts|plt|pcks|pck|pkt|pkts|pks|pk|bot|bots|bott|ct|crt|crts|cse|cses|bxs|bgs|jrs|tns|cns|canister|canisters|demijohn|demijohns|growler|growlers|magnum|magnums|carafe|carafes|pitcher|pitchers|bucket|buckets|pail|pails|bale|bales|strip|strips|slice|slices|chunk|chunks|fillet|fillets|brick|bricks|disc|discs|consignment|uts",
    ),
    (
        Roles::MEASURE,
        "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes|g|gram|grams|gramme|grammes|ml|cl|dl|l|liter|liters|litre|litres|oz|ounce|\
         ounces|lb|lbs|pound|pounds|ton|tons|tonne|tonnes|gallon|gallons|pint|pints|cc",
    ),
    (Roles::SUPPLIER_LEAD, "from|via|through|with|w|at|supplier|vendor|by"),
    (
        Roles::SUPPLIER_LEAD,
        "from supplier|from the supplier|supplied by|made by|delivered by|sold by|from our supplier|from our friends at|from the folks at|from the people at|sourced from|ordered from|on account with",
    ),
    (Roles::AND, "and|plus|n"),
    (Roles::AND, "as well as|along with|together with|followed by|and also|and then|in addition to"),
    (Roles::OR, "or|versus"),
    (Roles::OR, "or maybe|or perhaps|or rather maybe"),
    (Roles::EACH, "each|apiece|every"),
    (Roles::EACH, "of each|each of|of both|a piece|for each|of every|each one|each for|per product|per item|of all"),
    (
        Roles::VAGUE,
        "some|several|many|plenty|loads|tons|few|enough|dozens|hundreds|thousands|heaps|numerous|various|lots|any|couple",
    ),
    (
        Roles::VAGUE,
        "a few|a lot of|lots of|a bunch of|a load of|loads of|plenty of|as many as|a bit of|a little|a number of|quite a few|dozens of|hundreds of|\
                    thousands of|a handful of|as much as|some more|a lot|a good amount of|a good supply of|sufficient|a stack of|a pile of|several dozen|a few dozen|a few hundred|several hundred|a small amount of|the usual amount of|the usual quantity of|enough of",
    ),
    (
        Roles::GENERAL,
        "something|anything|stuff|things|thing|goods|supplies|drinks|drink|beverages|beverage|beer|beers|wine|wines|tea|teas|cheese|cheeses|meat|fish|bread|\
         chocolate|sweets|candy|snacks|snack|food|foods|groceries|sauces|spices|seafood|produce|condiments|confections|dairy|grains|poultry|cereals|fruit|fruits|vegetables|\
         pasta|desserts|dessert|cookies|usual|same|products|items|ale|ales|booze|alcohol|liquor|spirits",
    ),
    (
        Roles::GENERAL,
        "the usual|the same|the same again|same again|same as last time|same as before|the usual stuff|the regular order|my usual order|our usual order|the same as last time|dairy products|some stuff|the good stuff|that one|this one|the one",
    ),
    (
        Roles::CORRECT,
        "sorry|wait|actually|oops|whoops|rather|correction|instead|nope|apologies|pardon|mistake|meant|mean|scratch|hmm|make|no",
    ),
    (
        Roles::CORRECT,
        "on reflection|thinking about it|come to think of it|scrap that|scrap it|never mind|nevermind|forget it|cancel that|change of plan|change of plans|better yet|or better|or better still|oh wait|my apologies|no hang on|no hold on|no wait|no sorry|sorry no|make that|make it|i mean|i meant|scratch that|on second thought|on second thoughts|my mistake|my bad|change that to|\
         change it to|change this to|i take that back|let me correct that|no make that|no make it|sorry make that|sorry i meant|sorry i mean|no i meant|no i mean|\
         actually make that|actually make it|or rather|better make it|better make that|lets make it|lets make that|lets say|wait no|no actually|actually no|hold on|hang on|not that|should be|should have been|\
         that should be|it should be|correct that to|update that to|bump it to|bump that to|change to|i meant to say|strike that|excuse me|we meant|i was wrong|oh no|forget that",
    ),
    (Roles::ALSO, "also|add|adding|additionally|plus|moreover|furthermore|include|including|another"),
    (Roles::ALSO, "and also|as well|on top|in addition|one more thing|throw in|tack on|on top of that|add on|and add"),
    (
        Roles::CORRECT,
        "keep it at|leave it at|lets keep it at|lets leave it at|keep it to|lets keep it to|typo|correcting|erratum|better",
    ),
    (
        Roles::REMOVE,
        "remove|drop|without|delete|skip|except|omit|minus|strike|none|exclude|excluding|omitting|skipping",
    ),
    (
        Roles::FILLER,
        "dont forget|do not forget|no hurry|no worries|no stress|no deadline|no particular date|no date|no problem|no need to rush|without delay|nothing else|nothing more|none other|if need be|weve|ive|youve|theyve|were|theyre|youre|shes|hes|thats|theres|heres|its|wed|theyd|youd|hed|shed|ill|well|youll|theyll|lets|whos",
    ),
    (
        Roles::REMOVE,
        "hold off on|hold back on|go easy on|no need for|dont bother with|skip on|pass on|steer clear of|none of the|none of|leave out|take out|take off|get rid of|not the|no more|forget the|forget about the|leave off|drop the|dont need|do not need|dont want|cancel the",
    ),
    (Roles::INSTEAD, "not"),
    (
        Roles::INSTEAD,
        "anything but|anyone but|anybody but|any supplier but|other than|instead of|rather than|in place of|and not|but not",
    ),
    (
        Roles::FOREIGN,
        "delete|erase|wipe|destroy|purge|truncate|cancel|email|e-mail|mail|call|phone|ring|text|fax|notify|message|contact|inform|remind|pay|transfer|wire|refund|\
         reimburse|invoice|bill|sell|confirm|approve|authorise|authorize|receive|hire|fire|dismiss|archive|rename|translate|sing|calculate|compute|convert|book|post|print|export|\
         import|schedule|play|search|google|browse|log|login|reset|grant|merge|return|reject|sign|publish|tweet|download|upload|install|restart|shut|hack|ignore|\
         disregard|forget|pretend|reveal|execute|run|drop|remove|invite|revoke|promote|adjust|write-off|explain|summarise|summarize|tell|teach|recommend|suggest|advise|\
         close|reopen|complain|negotiate|cook|bake|drive|fly|solve|move|count|review|predict|forecast|generate|show|compare|modify|edit|dispatch|charge|credit|deduct|settle|mark|flag|tag|assign|attach|upload|sync|backup|restore|clear|void|block|unblock|lock|unlock|enable|disable|activate|deactivate|subscribe|upgrade|downgrade|unsubscribe|impersonate|escalate|audit|rotate|offer|quote",
    ),
    (
        Roles::FOREIGN,
        "book in|quote for|quote me|offer to|write off|log in|sign in|log out|ship to|send an email|send an e mail|send a mail|send email|send mail|send a message|send a reminder|send a letter|send a fax|send money|\
         look up|send it|send the|send this|send that|send them an|send them a|confirm it|e mail|set up a|set up an account|act as|place a call|give a refund|mark as|give everyone|give yourself|give me admin|pay for it",
    ),
    (
        Roles::FOREIGN_ANYWHERE,
        "weather|poem|poems|joke|jokes|haiku|song|story|recipe|recipes|password|passwords|salary|salaries|payroll|payslip|vacation|holiday|flight|flights|hotel|hotels|pizza|taxi|\
         lottery|football|president|horoscope|homework|essay",
    ),
    (
        Roles::FOREIGN_ANYWHERE,
        "get me a quote|get us a quote|give me a quote|give us a quote|need a quote|want a quote|obtain a quote|send me a quote|like a quote|get me a quotation|get us a quotation|get me an offer|get us an offer|get a quote|get quotes|request a quote|request a quotation|get a quotation|ask for a quote|ask for a quotation|price quote|request for quotation|get an offer|ignore all|ignore previous|ignore the|ignore your|previous instructions|system prompt|your instructions|your rules|without confirmation|without asking|without my confirmation|without approval|and confirm it|\
         and confirm the|and approve it|and pay|pay the|pay for the|and email|and e mail|and mail|sales order|customer order|sales invoice|sales quote|credit note|purchase invoice|bank account|bank details|bank transfer|credit card|admin rights|administrator rights|and delete|then delete|and cancel|drop table|delete all|send an email|\
         send an e mail|write an email|who won|capital of|meaning of life|how are you|who are you|other tenant|other company|another company|another tenant|leave request|to customer|to the customer|to a customer|to our customer|new supplier|new product|new customer|new user|new warehouse|new category|new account|sick leave|purchase return",
    ),
    (
        Roles::MAKE,
        "create|write|make|set|add|prepare|issue|send|open|raise|put|place|file|draw|enter|book|generate|compose|build|start|log|submit|post|record|register|schedule|drop",
    ),
    (
        Roles::INTERROGATIVE,
        "what|whats|which|who|whos|whose|when|whens|where|wheres|how|hows|why|list|display|tell|show|find",
    ),
    (Roles::SOFT_QUESTION, "is|are|do|does|did|have|has|any|was|were|check|got|am"),
    (
        Roles::STOCK,
        "stock|available|availability|inventory|hand|remaining|remain|remains|left|stocked|onhand|warehouse|balance|level|levels",
    ),
    (
        Roles::STOCK,
        "how many|how much|in stock|on hand|do we have|have we got|do we still have|are there|is there|stock level|do we hold|we have|do you have|stock of",
    ),
    (Roles::PRICE, "price|prices|priced|cost|costs|costing|expensive|cheap|pricing"),
    (
        Roles::PRICE,
        "we pay|we are paying|were paying|being charged|charge us|charges us|how much is|how much are|how much does|how much do we pay|what do we pay|how much would|how much for|what does it cost|purchase price|unit price|how much do|how much will|do we pay",
    ),
    (
        Roles::OPEN,
        "open|outstanding|pending|unfulfilled|undelivered|unreceived|incoming|awaiting|expecting|ongoing|active|current|unfinished|coming",
    ),
    (
        Roles::OPEN,
        "on order|have we ordered|did we order|on its way|on their way|on the way|in the pipeline|not yet delivered|not yet received|still waiting|waiting for|yet to arrive|still to come|not arrived|still owe|owe us|is coming|still expecting|have we on order|have ordered|not yet arrived|still due",
    ),
    (Roles::OVERDUE, "overdue|late|delayed|belated"),
    (
        Roles::OVERDUE,
        "should already be here|should be here already|should be here by now|should have come|already be here|behind schedule|past due|not on time|should have arrived|should have been delivered|past their date|missed their date|running late|past its date",
    ),
    (
        Roles::LOW,
        "low|reorder|replenish|restock|restocking|reordering|replenishing|shortage|shortages|understocked|lowest",
    ),
    (
        Roles::LOW,
        "running low|low on stock|low stock|low in stock|reorder point|reorder level|running out|run out|out of|out of stock|below minimum|short on|short of|should we order|should i order|need to order|must we order|do we need|to reorder|need reordering|have to order|needs ordering|need ordering|nearly gone|almost gone",
    ),
    (
        Roles::SUPPLIES,
        "supplies|supply|supplied|supplier|suppliers|vendor|sells|sell|delivers|deliver|makes|provides|provide|source|manufactures|offers",
    ),
    (
        Roles::SUPPLIES,
        "from whom|from who|buy from|comes from|come from|get from|where do we buy|where do we get|where can we buy|who do we|where does|where do|where can|where is|who makes|whom do we",
    ),
    (Roles::RANGE, "products|range|assortment|items|goods|articles|catalogue|catalog|sortiment|portfolio"),
    (
        Roles::RANGE,
        "what do we buy|what do we get|what does|what can we|what can i|which products|which items|what products|what else|what all|what things|what items|what stuff",
    ),
    (
        Roles::DESCRIPTION,
        "tea|coffee|beer|cheese|wine|sauce|bread|fish|drink|drinks|seaweed|roe|caviar|candy|candies|spread|sausage|sausages|dumplings|beans|beverage|lager|ale|stout|liqueur|\
         syrup|seasoning|spice|snails|herring|salmon|cake|pie|crispbread|crackers|flour|pastry|noodles|pasta|meringue|brand|flavour|flavor|fresh|organic|quality|premium|frozen|\
         large|small|big|medium|cold|delicious|tasty|standard|regular|leaf|bottled|canned|tinned|boxed|mixed|powder|drinks|product|article|item|stuff|cookies|sweets|chocolates|wonderful|amazing|usual|original|traditional|imported|authentic|genuine|excellent|loose|spiced|real|mustard|bars|caviar|soy|relish",
    ),
    (
        Roles::BREAK,
        "which|because|since|as|that|who|so|where|while|when|if|we|i|they|he|she|but|though|although|due|thanks|thank|cheers|regards|best|sincerely|asap|please|whereas|until|before",
    ),
    (
        Roles::YES,
        "yes|yep|yeah|yup|sure|ok|okay|correct|exactly|right|fine|agreed|affirmative|indeed|absolutely|definitely",
    ),
    (
        Roles::YES,
        "go ahead|thats right|that is right|sounds good|do it|that one|thats it|thats fine|yes please|the first|that works",
    ),
    (Roles::DROP, "cancel|abort|nevermind|stop|forget"),
    (
        Roles::DROP,
        "never mind|forget it|forget about it|cancel that|cancel it|scrap that|scrap it|drop it|call it off|leave it|cancel the order|cancel this|cancel everything|start over|scrap the order|forget the order|forget the whole thing|cancel my order|discard it|discard the draft|dont bother|discard that",
    ),
    (
        Roles::THING,
        "supplier|suppliers|customer|customers|product|products|user|users|account|accounts|warehouse|price|prices|stock|inventory|invoice|invoices|employee|category|record|records|permissions|role|roles|name|address|code|password|level|point|discount|rate|tax|currency|payment|company|table|database|instructions|rules|limit|terms",
    ),
    (
        Roles::CODE_LEAD,
        "article|item|product|code|no|number|nr|sku|ref|art|id|part|prod|productid|itemid|articleid|itemcode|productcode|itemno",
    ),
    (
        Roles::CHANGE,
        "change|set|update|increase|raise|reduce|lower|decrease|adjust|modify|edit|replace|swap|switch|bump|correct|amend|exchange|substitute|double|halve|turn",
    ),
    (Roles::MORE, "more|extra"),
    (Roles::LEFT, "left|remaining|used|sold|remain"),
    (
        Roles::LEFT,
        "only have|down to|in stock|still have|we have|weve got|are left|is left|on hand|on the shelf|last time|last month|last week|last year|sold out|ran out|run out|running out|running low|nearly out|almost out|out of|are out|usually order|normally order|used to",
    ),
    (
        Roles::PLACE,
        "warehouse|office|store|kitchen|shop|door|dock|depot|location|address|branch|site|restaurant|canteen|party|event|bar|cafe|staff|team|customers|guests|us|me|week|breakfast|lunch|dinner|season|stock|everyone|stand|meeting|christmas|promotion|buffet|display|headquarters|hq|cellar|backroom|inventory|shelf|shelves|weekend|holidays",
    ),
    (Roles::USUAL, "usual|regular|normal|default|standard|preferred|own|respective|same"),
    (Roles::ALL, "both|all|everything|either"),
    (Roles::TO, "to|into|for|on behalf"),
    (Roles::NOTE, "note|remark|comment|ps|memo"),
];
