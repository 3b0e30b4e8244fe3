me-profile-lead = Comment les autres vous voient, et comment la console vous parle.
me-bio = À propos de vous
me-phone = Téléphone, facultatif
fault-bad-phone = Écrivez un numéro comme +33 1 23 45 67 89.
me-read-one = Marquer comme lu : { $title }
me-language = Langue
me-language-browser = Comme le demande le navigateur
me-zone = Fuseau horaire
fault-unknown-zone = Choisissez un fuseau comme Europe/Paris.
me-password-lead = Un nouveau mot de passe termine toutes les autres sessions.
me-password-now = Votre mot de passe actuel
me-password-set = Le nouveau mot de passe est défini. Toutes les autres sessions sont terminées.
fault-wrong-password = Ce n’est pas votre mot de passe.
me-sessions-lead = Les navigateurs connectés en votre nom. Terminez ceux que vous ne connaissez pas.
me-end-others = Terminer toutes les autres
me-device = Navigateur
me-address = Adresse
me-seen = Vu
me-since = Connecté le { $day }
me-this-one = Celle-ci
me-end = Terminer la session
me-session-ended = La session est terminée.
me-inbox-lead = Ce que vous devez savoir : clés qui expirent, invitations, changements d’accès.
me-inbox-empty = Rien de nouveau
me-read-all = Tout marquer comme lu
me-sessions-ended = { $n ->
    [0] Il n’y avait pas d’autre session.
    [one] { $n } session est terminée.
   *[other] { $n } sessions sont terminées.
}
