# Les courriers et les notifications : gardés tels qu’ils sont écrits ici, dans la langue de qui les reçoit.
email-at = { $day } { $month } { $year } à { $time } ({ $zone })

email-reset-subject = Un nouveau mot de passe
email-reset-body =
    Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour { $email }.

    Définissez-le ici avant le { $until } :
    { $link }

    Le lien fonctionne une fois. Si ce n’était pas vous, ne faites rien : l’ancien mot de passe reste.

email-invitation-subject = { $inviter } vous invite à rejoindre { $organization }
email-invitation-body =
    { $inviter } vous invite à rejoindre { $organization }. Votre rôle : { $role }.

    Acceptez avant le { $until } :
    { $link }

    Le lien fonctionne une fois. Si vous ne connaissez pas { $inviter }, ne faites rien.

email-key-subject = { $days ->
    [one] La clé d’API { $name } expire dans moins d’un jour
   *[other] La clé d’API { $name } expire dans moins de { $days } jours
}
email-key-body = La clé { $name } de l’organisation { $organization } expire le { $at }. Ce qui l’utilise s’arrête alors. Régénérez-la avant, avec un délai pendant lequel les deux clés fonctionnent.
email-key-body-account = La clé { $name } du compte de service { $owner } dans { $organization } expire le { $at }. Ce qui l’utilise s’arrête alors. Régénérez-la avant, avec un délai pendant lequel les deux clés fonctionnent.

email-key-orphaned-subject = La clé { $name } ne fonctionne plus que pendant son délai
email-key-orphaned-body = La clé qui la remplace a été révoquée : rien ne prend sa place. La clé { $name } de { $organization } fonctionne jusqu’au { $at }. Créez-en une nouvelle avant.

email-webhook-subject = Un webhook de { $project } a été désactivé
email-webhook-failing = Rien n’est arrivé au webhook de { $project } à l’adresse { $host } depuis cinq jours : il a été désactivé. Consultez ses envois, réparez son destinataire, puis réactivez-le.
email-webhook-gone = Le destinataire du webhook de { $project } à l’adresse { $host } a répondu qu’il n’existe plus : il a été désactivé.

email-member-added = Vous avez été ajouté à { $organization }
email-member-role = Votre rôle dans { $organization } est désormais : { $role }
email-member-removed = Vous n’êtes plus membre de { $organization }
email-invited = { $inviter } vous invite à rejoindre { $organization }. Ouvrez le lien que vous recevez
email-joined = { $name } a rejoint { $organization }

email-form-notice-subject = Nouvel envoi : { $form }
email-form-notice-body =
    Quelqu’un a envoyé { $form } le { $at }.

    { $answers }

    Le tout : { $link }

email-form-confirmation-subject = { $form } : vos réponses sont arrivées
email-form-confirmation-body =
    Merci. Ce que vous nous avez envoyé par { $form } est arrivé le { $at }.

    Cet e-mail vous parvient parce que votre adresse y a été saisie. Si ce n’était pas vous, ne faites rien.
