/// American spellings of British words, as Whisper's normaliser has them: 1,739 words.
///
/// Source: the pairs of tysto.com's list of British and American spellings, which
/// `openai/whisper` uses; *archaeology* becomes *archeology* here, where that list holds a slip.
enum EnglishSpellings {
  /// The American spelling of a word in lower case, or the word.
  static func american(_ word: Substring) -> Substring {
    words[word] ?? word
  }

  private static let words: [Substring: Substring] = {
    var words: [Substring: Substring] = [:]
    words.reserveCapacity(1739)
    for line in changes.split(separator: "\n") {
      let fields = line.split(separator: ":").map { $0.split(separator: " ") }
      let (british, american) = (part(fields[0][0]), part(fields[0][1]))
      for stem in fields[2].map(part) {
        for ending in fields[1].map(part) {
          words[Substring(stem + british + ending)] = Substring(stem + american + ending)
        }
      }
    }
    return words
  }()

  private static func part(_ text: Substring) -> Substring { text == "-" ? "" : text }

  /// A line for each change.
  ///
  /// `BRITISH AMERICAN: ENDINGS: STEMS`, a hyphen for nothing. Each stem has each ending:
  /// `c s: e es: offen` is *offence* and *offences*.
  private static let changes = """
    - a: eological: arch
    - e: -: battleax
    - e: red ring: reconnoit
    - e: red: cent louv
    - iz: zazz: p
    - l: ated: crenel
    - l: ation ations: cancel
    - l: - ment s: fulfil
    - l: - ment ments s: instal
    - l: - s: appal distil enrol enthral instil
    - o: ve ved ves: beho
    - u: r: glamo
    - u: ge ged ges ging: ga
    - ue: - s: travelog
    a -: ea eas: bougainvill
    a -: ecal eces: f
    a -: edic edics: orthop
    a -: emia: leuk tox
    a -: era eras: chim
    a -: esarean esareans: c
    a -: esidium esidiums: pr
    a -: eval: medi prim
    a -: utist utists: fl
    a -: edia edias edic: encyclop
    a -: ecological ecologist ecologists ecology: gyn
    a -: eolithic eontologist eontologists eontology: pal
    a -: eologically eologist eologists eology: arch
    a -: eon eons esthete esthetes esthetic esthetically esthetics etiology: -
    a -: ederast ederasts ediatric ediatrician ediatricians ediatrics edophile edophiles \
    edophilia: p
    a -: emia emic esthesia esthetic esthetics esthetist esthetists esthetize esthetized \
    esthetizes esthetizing: an
    a -: ematological ematologist ematologists ematology emoglobin emophilia emophiliac \
    emophiliacs emorrhage emorrhaged emorrhages emorrhaging emorrhoids: h
    aesthetis esthetiz: e ed es ing: an
    c k: - s: dis videodis
    c k: eptic eptical eptically epticism eptics: s
    c s: e eless es: defen
    c s: e ed es ing: licen
    c s: e es: offen preten
    e -: -: ax
    e -: able: lik
    e -: ment: judg
    e -: y: phon stor
    e -: ing: ag bing glu
    e a: y yed ying yish yness ys: gr
    e i: fact facts: art
    ero ir: plane planes: a
    ey ie: s: stor
    fe -: - s: pouf
    g -: on ons: wag
    gao jai: l lbird lbirds lbreak lbreaks led ler lers ling ls: -
    h -: -: sheik
    h -: urt urts: yog
    ho -: urt urts: yog
    i -: um: alumin
    i y: psies: g
    k -: - s: almanac
    l -: i: chil
    l -: er est: cruel
    l -: ing ingly: gruel
    l -: or ors: council
    l -: ed er ers: jewel
    l -: ed ing ous: libel
    l -: iper ipers isthenics: cal
    l -: ed ing ist ists: panel
    l -: ed ing or ors: counsel
    l -: ed ing ous ously: marvel
    l -: en ens ies y: wool
    l -: et eted eting ets: fil
    l -: ity ize ized izer izers izes izing: tranquil
    l -: ed: bejewel bevel dishevel gravel tassel unequal unrival untrammel
    l -: ed er ers ing: level model revel travel
    l -: ed ing: backpedal bedevil cancel carol cavil channel chisel cudgel dial disembowel drivel \
    duel enamel funnel gambol grovel impanel imperil initial label marshal parcel pedal pencil \
    quarrel ravel refuel remodel rival shovel shrivel signal snivel snorkel spiral squirrel \
    stencil swivel towel trial tunnel unravel weasel yodel
    l it: y: tranquil
    le -: ry: jewel
    led -: -: pummel
    ling ed: -: pummel
    lis iz: e ed er ers es ing: tranquil
    m h: mm: -
    me -: - s: aerogram centigram gram kilogram milligram program
    mh hm: m: -
    n -: ister isters: ban
    ne -: - s: ton
    o -: ema: ed
    o -: ea: diarrh gonorrh
    o -: eia eias: pharmacop
    o -: esophagus esophaguses estrogen: -
    o -: eopath eopathic eopaths eopathy: hom
    o -: etal etid etus etuses: f
    o -: ustache ustached ustaches ustachioed: m
    oeuv euve: red ring: outman
    oeuv euve: rability rable red ring rings: man
    oeuvre euver: - s: man outman
    p -: ed er ing: worship
    ph f: ate ates ide ides ur urous: sul
    philtre filter: - s: -
    qu ck: ered: che
    que ck: - book books s: che
    re er: ments: accout
    re er: - glass s: fib
    re er: - goer goers s: theat
    re er: -: lacklust lust meag saltpet somb
    re er: - fold folds piece pieces s: cent
    re er: - s: amphitheat calib centilit centimet epicent goit kilomet lit louv met micromet \
    millilit millimet mit reconnoit sab scept sepulch spect
    s -: ed ing: bias
    s -: es ing: bus
    s -: es: gas minibus
    s c: e ed es ing: practi
    s z: ement: aggrandi
    s z: able ed: unrecogni
    s z: ation ed: disorgani
    s z: er ers ing ingly: appeti
    s z: able ation e ed es ing: utili
    s z: ier ies iest ily iness y: co
    s z: able ably ance e ed es ing: recogni
    s z: ation ations e ed er ers es ing: sterili
    s z: ation ational ations e ed er ers es ing: organi
    s z: ed: annuali motori rituali transistori unauthori uncivili underutili unorgani vulcani
    s z: able ation ations e ed es ing: amorti reali
    s z: e ed es ing ingly: agoni patroni tantali
    s z: e ed er ers es ing: breathaly liquidi moisturi proselyti sympathi synthesi womani
    s z: ation e ed er ers es ing: coloni equali fertili immobili ioni stabili subsidi
    s z: ation ations e ed es ing: dramati externali fictionali generali nationali privati \
    rationali reorgani seriali speciali visuali vocali
    s z: ation e ed es ing: acclimati crystalli decentrali decriminali dehumani demilitari \
    demobili democrati demorali denationali desensiti destabili extempori familiari finali formali \
    fossili fraterni globali harmoni hospitali ideali immuni institutionali internali \
    internationali legali liberali lioni marginali materiali maximi mechani miniaturi mobili \
    monopoli naturali neutrali normali oxidi passivi pasteuri pedestriani polari politici populari \
    pressuri prioriti professionali pulveri regulari seculari sociali standardi stigmati synchroni \
    systemati unioni urbani vapori victimi vulgari westerni
    s z: e ed es ing: accessori analy anglici antagoni apologi authori bapti bastardi bowdleri \
    brutali canali cannibali canoni capitali carameli carboni cataly categori cauteri centrali \
    characteri circulari civili collectivi commerciali compartmentali computeri conceptuali \
    contextuali criminali critici customi demoni deodori depersonali deputi digiti economi \
    editoriali empathi emphasi energi epitomi eulogi evangeli exorci factori fantasi femini \
    galvani ghettoi glamori homogeni humani hybridi hypnoti hypothesi idoli immortali individuali \
    industriali initiali intellectuali italici itemi jeopardi legitimi locali magneti memori \
    memoriali mesmeri metaboli militari minimi moderni morali optimi ostraci overemphasi paraly \
    particulari penali personali philosophi plagiari propagandi psychoanaly publici radicali \
    randomi revitali revolutioni rhapsodi romantici saniti satiri scandali scrutini sensationali \
    sensiti sentimentali sermoni signali sodomi solemni summari symboli tempori tenderi terrori \
    theori traumati triviali tyranni vandali verbali
    t -: ist ists: clarinet
    t led: -: misspel
    te -: - s: epaulet omelet
    u -: ry: unsavo
    u -: ed ing: catalog
    u -: rable rably: unfavo
    u -: red: enamo multicolo
    u -: r red rs: rumo
    u -: r rless rs: odo
    u -: ld lded lding lds: remo
    u -: lder ldered ldering lders: smo
    u -: lk lked lking lks: ba
    u -: r red ring rless rs: humo
    u -: r ral rism rist rists rs: behavio
    u -: r red rer rers ries ry: armo
    u -: r red rer rers ring rs: labo
    u -: r red ries ring rs ry: savo
    u -: r red ring rings rless rs rsome: flavo
    u -: r rhood rhoods ring rliness rly rs: neighbo
    u -: r rable rably red ring rite rites ritism rs: favo
    u -: r: ardo cando clango demeano disfavo fervo misbehavio ranco technicolo valo vigo
    u -: r rable rably red ring rs: dishono hono
    u -: r rant rants red reds rful rfully ring rize rized rizes rizing rless rs: colo
    u -: ld lded lder ldered ldering lders ldier ldiest lding ldings lds ldy lt lted lting lts: mo
    u -: r rs: arbo misdemeano parlo rigo savio splendo tricolo tumo vapo watercolo
    u -: r red ring rs: belabo clamo discolo endeavo harbo succo
    ue -: - s: analog catalog dialog epilog monolog prolog
    ugh f: t tboard tboards tier tiest ts tsman tsmanship tsmen tswoman tswomen ty: dra
    ugh w: -: snowplo
    ugh w: - ed ing man men s share shares: plo
    ughs w: -: snowplo
    v -: ies y: bev
    x ct: ion ions: conne infle
    y a: jama jamas: p
    y i: pher phers: c
    y i: re res: t
    y i: phon phoned phoning phons: s
    yer / fli ier / fly: er: fl
    yne in: - s: gro
    ypho iffi: n ns: gr
    """
}
