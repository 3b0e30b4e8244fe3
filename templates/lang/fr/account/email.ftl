# Les courriers et les notifications : gardés tels qu’ils sont écrits ici, dans la langue de qui les reçoit.
letter-at = { $day } { $month } { $year } à { $time } ({ $zone })

letter-reset-subject = Un nouveau mot de passe
letter-reset-body =
    Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour { $email }.

    Définissez-le ici avant le { $until } :
    { $link }

    Le lien fonctionne une fois. Si ce n’était pas vous, ne faites rien : l’ancien mot de passe reste.

letter-invitation-subject = { $inviter } vous invite à rejoindre { $organization }
letter-invitation-body =
    { $inviter } vous invite à rejoindre { $organization }. Votre rôle : { $role }.

    Acceptez avant le { $until } :
    { $link }

    Le lien fonctionne une fois. Si vous ne connaissez pas { $inviter }, ne faites rien.

letter-key-subject = { $days ->
    [one] La clé d’API { $name } expire dans moins d’un jour
   *[other] La clé d’API { $name } expire dans moins de { $days } jours
}
letter-key-body = La clé { $name } de l’organisation { $organization } expire le { $at }. Ce qui l’utilise s’arrête alors. Régénérez-la avant, avec un délai pendant lequel les deux clés fonctionnent.
letter-key-body-account = La clé { $name } du compte de service { $owner } dans { $organization } expire le { $at }. Ce qui l’utilise s’arrête alors. Régénérez-la avant, avec un délai pendant lequel les deux clés fonctionnent.

letter-member-added = Vous avez été ajouté à { $organization }
letter-member-role = Votre rôle dans { $organization } est désormais : { $role }
letter-member-removed = Vous n’êtes plus membre de { $organization }
letter-invited = { $inviter } vous invite à rejoindre { $organization }. Ouvrez le lien que vous recevez
letter-joined = { $name } a rejoint { $organization }
