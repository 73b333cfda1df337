namespace Terminology.Search;

/// <summary>
/// Letters and digits that Unicode takes apart into a plain one and marks, Latin, Greek and Cyrillic: what they fold to, and those that do. A table of our own, because
/// the program runs without the culture data of the machine, and strings cannot be normalised then.
/// </summary>
/// <remarks>From the compatibility decompositions of <see href="https://www.unicode.org/reports/tr15/">Unicode normalisation</see>, marks dropped, in lower case.</remarks>
internal static class Decompositions
{
    private const string Groups = "1:¹ 2:² 3:³ a:ªÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧᴬᵃḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ ae:ǢǣǼǽᴭ aʾ:ẚ b:ᴮᵇḂḃḄḅḆḇ c:ÇçĆćĈĉĊċČčᶜḈḉ d:ĎďᴰᵈᶞḊḋḌḍḎḏḐḑḒḓ dz:ǄǅǆǱǲǳ "
        + "e:ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩᴱᵉḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ f:ᶠḞḟ g:ĜĝĞğĠġĢģǦǧǴǵᴳᵍḠḡ h:ĤĥȞȟʰᴴḢḣḤḥḦḧḨḩḪḫẖ i:ÌÍÎÏìíîïĨĩĪīĬĭĮįİǏǐȈȉȊȋᴵᵢḬḭḮḯỈỉỊị ij:Ĳĳ j:Ĵĵǰʲᴶ "
        + "k:ĶķǨǩᴷᵏḰḱḲḳḴḵ l:ĹĺĻļĽľĿŀˡᴸḶḷḸḹḺḻḼḽ lj:Ǉǈǉ m:ᴹᵐḾḿṀṁṂṃ n:ÑñŃńŅņŇňǸǹᴺṄṅṆṇṈṉṊṋ nj:Ǌǋǌ "
        + "o:ºÒÓÔÕÖòóôõöŌōŎŏŐőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱᴼᵒṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ p:ᴾᵖṔṕṖṗ r:ŔŕŖŗŘřȐȑȒȓʳᴿᵣṘṙṚṛṜṝṞṟ s:ŚśŜŝŞşŠšſȘșˢṠṡṢṣṤṥṦṧṨṩẛ "
        + "t:ŢţŤťȚțᵀᵗṪṫṬṭṮṯṰṱẗ u:ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗᵁᵘᵤṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự v:ᵛᵥṼṽṾṿ w:ŴŵʷᵂẀẁẂẃẄẅẆẇẈẉẘ x:ˣẊẋẌẍ y:ÝýÿŶŷŸȲȳʸẎẏẙỲỳỴỵỶỷỸỹ "
        + "z:ŹźŻżŽžᶻẐẑẒẓẔẕ ŋ:ᵑ ƫ:ᶵ ǝ:ᴲ ȣ:ᴽ ɐ:ᵄ ɑ:ᵅ ɒ:ᶛ ɔ:ᵓ ɕ:ᶝ ə:ᵊ ɛ:ᵋ ɜ:ᵌᶟ ɟ:ᶡ ɡ:ᶢ ɣ:ˠ ɥ:ᶣ ɦ:ʱ ɨ:ᶤ ɩ:ᶥ ɪ:ᶦ ɭ:ᶩ ɯ:ᵚ ɰ:ᶭ ɱ:ᶬ ɲ:ᶮ ɳ:ᶯ ɴ:ᶰ ɵ:ᶱ ɸ:ᶲ ɹ:ʴ ɻ:ʵ ʁ:ʶ ʂ:ᶳ "
        + "ʃ:ᶴ ʉ:ᶶ ʊ:ᶷ ʋ:ᶹ ʌ:ᶺ ʐ:ᶼ ʑ:ᶽ ʒ:Ǯǯᶾ ʕ:ˤ ʝ:ᶨ ʟ:ᶫ ʹ:ʹ ʼn:ŉ α:ΆάἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏὰάᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾰᾱᾲᾳᾴᾶᾷᾸᾹᾺΆᾼ β:ϐᵝᵦ γ:ᵞᵧ δ:ᵟ ε:ΈέϵἐἑἒἓἔἕἘἙἚἛἜἝὲέῈΈ "
        + "η:ΉήἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὴήᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟῂῃῄῆῇῊΉῌ θ:ϑᶿ ι:ΊΐΪίϊἰἱἲἳἴἵἶἷἸἹἺἻἼἽἾἿὶίιῐῑῒΐῖῗῘῙῚΊ κ:ϰ ο:ΌόὀὁὂὃὄὅὈὉὊὋὌὍὸόῸΌ π:ϖ ρ:ϱᵨῤῥῬ ς:ϲ σ:Ϲ "
        + "υ:ΎΫΰϋύϒϓϔὐὑὒὓὔὕὖὗὙὛὝὟὺύῠῡῢΰῦῧῨῩῪΎ φ:ϕᵠᵩ χ:ᵡᵪ ω:ΏώὠὡὢὣὤὥὦὧὨὩὪὫὬὭὮὯὼώᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫᾬᾭᾮᾯῲῳῴῶῷῺΏῼ а:ӐӑӒӓ г:Ѓѓ е:ЀЁѐёӖӗ ж:ӁӂӜӝ з:Ӟӟ и:ЍЙйѝӢӣӤӥ к:Ќќ н:ᵸ о:Ӧӧ "
        + "у:ЎўӮӯӰӱӲӳ ч:Ӵӵ ы:Ӹӹ э:Ӭӭ і:Її ѵ:Ѷѷ ә:Ӛӛ ө:Ӫӫ եւ:և ا:آأإ اٴ:ٵ و:ؤ وٴ:ٶ ي:ئ يٴ:ٸ ہ:ۂ ۇٴ:ٷ ے:ۓ ە:ۀ क:क़ ख:ख़ ग:ग़ ज:ज़ ड:ड़ ढ:ढ़ न:ऩ फ:फ़ य:य़ र:ऱ ळ:ऴ ড:ড় ঢ:ঢ় "
        + "য:য় ਖ:ਖ਼ ਗ:ਗ਼ ਜ:ਜ਼ ਫ:ਫ਼ ਲ:ਲ਼ ਸ:ਸ਼ ଡ:ଡ଼ ଢ:ଢ଼ ஒ:ஔ า:ำ ຫນ:ໜ ຫມ:ໝ າ:ຳ ཀ:ཀྵ ག:གྷ ཌ:ཌྷ ད:དྷ བ:བྷ ཛ:ཛྷ ဥ:ဦ ნ:ჼ ᬅ:ᬆ ᬇ:ᬈ ᬉ:ᬊ ᬋ:ᬌ ᬍ:ᬎ ᬑ:ᬒ ᴂ:ᵆ ᴖ:ᵔ ᴗ:ᵕ ᴜ:ᶸ ᴝ:ᵙ ᴥ:ᵜ ᵻ:ᶧ ᶅ:ᶪ ";

    /// <summary>What each of them folds to.</summary>
    public static Dictionary<char, string> ByCharacter()
    {
        var found = new Dictionary<char, string>();
        foreach (var group in Groups.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = group.IndexOf(':', StringComparison.Ordinal);
            foreach (var character in group.AsSpan(at + 1)) found[character] = group[..at];
        }
        return found;
    }
}
