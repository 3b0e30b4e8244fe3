sign-in-title = Connexion
sign-in-button = Se connecter
sign-in-invited = Invité ? Ouvrez le lien reçu par e-mail.
sign-in-carry = Votre session est terminée. Connectez-vous, et votre saisie revient.
password-forgotten = Oublié ?
confirm-title = Votre mot de passe à nouveau
confirm-lead = La suite demande un mot de passe saisi dans les 10 dernières minutes.
confirm-button = Continuer
resume-title = Vous revoilà
resume-lead = Votre saisie a été gardée.
resume-button = Y revenir
forgot-title = Un nouveau mot de passe
forgot-hint = Nous envoyons un lien à cette adresse.
forgot-button = Envoyer le lien
forgot-back = Retour à la connexion
forgot-sent = Si quelqu’un a cette adresse, un lien est en route. Il fonctionne pendant une heure.
forgot-no-mail = Cette instance n’envoie pas d’e-mails. La personne qui l’exploite peut définir un nouveau mot de passe sur le serveur :
reset-title = Un nouveau mot de passe
reset-lead = Toutes les sessions se terminent, aussi sur les autres appareils.
reset-button = Définir le mot de passe
reset-done = Le nouveau mot de passe est défini. Connectez-vous avec lui.
sign-in-wait = { $n ->
    [one] Trop d’essais. Réessayez dans { $n } seconde.
   *[other] Trop d’essais. Réessayez dans { $n } secondes.
}
confirm-carry = Saisissez votre mot de passe, et votre saisie d’avant est envoyée.
