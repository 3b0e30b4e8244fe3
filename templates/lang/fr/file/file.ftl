fault-not-a-text = Seul un texte peut remplacer un texte.
fault-wrong-size = Le nombre d’octets n’est pas celui qui était annoncé.
