"""Words that carry no idea of their own in a question, folded, in the six languages.

They are dropped beside any other plain word: articles, prepositions, pronouns, auxiliary and
question words, and what people put around a question (`show me`, `je cherche`, `расскажи о`).
"""

from domain.query.lexicon import STOP_WORDS
from domain.text import fold

_ENGLISH = """
all also am any anybody anyone anything are as be because been being but can could did do does
doing done each ever every find get give go going had happen happened happening happens has have he
her here him his how i if info information into is it its just know let list look looking looks made
make many me mention mentioned mentions more most much my new no not now off one only or our
out over please regarding related relating say says search see she should show so some somebody
someone something such tell than that their them then there these they thing things this those
through up upon use used uses using very want wants was we were what whats when where whether which
while who whom whose why will within without would you your between against across among around
during under per via occurred occur taking took take concerning explain exist exists mean means
"""
_FRENCH = """
au aucun aucune aux avait avez avoir ayant ca ce cela ces cet cette ceux chaque cherche
cherchez chez comme comment concernant contre dont donnez elle elles entre est etait etaient ete
etes etre eux fait faire font fut il ils information informations infos je leur leurs lui ma
mais me mes moi mon montre montrez ne ni nos notre nous on ont ou par parle parmi pas passe
pendant plus pourquoi quand que quel quelle quelles quels quelque quelques qui quoi sa sans se
ses si soit son sont sous suis ta te tes toi ton tous tout toute toutes trouve trouver tu un une
vers voici voir vos votre vous y propos sujet au-dessus lors peut peuvent existe existent veux
voudrais combien lequel laquelle explique expliquer signifie nouveau nouvel nouveaux
"""
_SPANISH = """
a acerca al algo algun alguna algunas algunos ante aquel asi busca buscar busco cada como contra
cual cuales cuando cuanta cuantas cuanto cuantos dame de decir dime donde durante e ella ellas ellos
entre era eran es esa esas ese eso esos esta estaba estado estan estas este esto estos fue fueron ha
habia han hasta hay hecho informacion la las le les lo los mas me mi mis mostrar muestra muy nada ni
no nos nosotros nuestra nuestro o os otra otro paso pasa pero por porque que quien quienes quiero se
segun ser si sin son su sus tal tambien tema te tiene tienen todo todos tu tus un una unas uno
unos usted ver y ya yo hace hacen hacer haciendo existe existen puede pueden explica significa
ocurre ocurrio sucede sucedio nuevo nueva nuevos nuevas
"""
_RUSSIAN = """
а без бы был была были было быть вам вас весь все всех вы где да для до его ее если есть еще же за
здесь и из или им информация ищу их к как какая какие какой каком какую ко когда который которые кто
куда ли мне много может можно мой мы над надо найди найти нам нас не него нее нет ни них но ну обо
один он она они оно от перед под покажи показать после потому при про произошло происходит
расскажи с сам свои себя сейчас сколько случилось со так там тебя тем то тоже только том тот ты у
уже хочу чего чем через что чтобы эта эти этим это этого этой этом этот я относительно насчет
против такое такой делает делают делать сделано существует существуют происходят объясни значит
новый новая новое новые новых
"""
_ARABIC = """
ما ماذا من هل كيف اين متي لماذا لما كم اي اية هذا هذه ذلك تلك هناك هنا الذي التي الذين اللاتي كان
كانت يكون تكون هو هي هم هن نحن انا انت ان انه انها قد لقد لا لم لن ليس او ثم بل لكن بين بعد قبل
خلال ضد حول حولها مع عند عندما كل بعض غير حتي اذا لو ابحث اريد اعرض معلومات بشان بخصوص يتعلق حدث
يفعل تفعل يحدث توجد يوجد يمكن يعني جديد جديده الجديد الجديده
"""
_CHINESE = """
什么 哪些 哪个 哪里 如何 怎么 怎样 为什么 谁 何时 吗 呢 吧 了 是 有 请 我 我们 你 您 他们
它 这 那 这些 那些 一个 查找 搜索 寻找 信息 情况 发生 发生了什么 方面 问题 以及 或 对 中 里
上 被 把 从 到 为 以 及 等 都 也 就 还 会 能 可以 关于的 做 想 知道 想知道 有没有 怎么样
多少 是否 正在 存在 新 新的
"""

SMALL_WORDS = STOP_WORDS | frozenset(
    fold(word)
    for listed in (_ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC, _CHINESE)
    for word in listed.split()
)
"""Folded words without an idea of their own."""
