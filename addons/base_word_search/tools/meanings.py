"""Words that mean the same to who asks for help, also in another language.

Folded as all words are. Only what nobody would take for something else: a word that
stands here is as good as another of its line, wherever titles are compared.
"""

# English, French, German, Spanish
_LINES = """
printer printers imprimante drucker impresora
print printing imprimer drucken druckt imprimir imprime
screen display monitor ecran bildschirm anzeige pantalla
computer pc laptop notebook ordinateur rechner portable ordenador computadora portatil
phone telephone handy telefon smartphone mobile telefono movil
keyboard clavier tastatur teclado
mouse souris maus raton
battery akku batterie bateria
charger ladegerat chargeur cargador
cable kabel wire cordon
network netzwerk reseau
internet wifi wlan wi-fi online
connection connexion verbindung conexion
connect connecter verbinden conectar
password passwort kennwort passwd contrasena clave
login log-in signin anmelden anmeldung einloggen acceder
account konto compte cuenta
user username benutzer nutzer utilisateur usuario
email e-mail mail courriel correo
invoice bill facture rechnung factura
invoices bills factures rechnungen facturas
payment paid pay paiement zahlung bezahlen payer pago pagar
refund reimbursement remboursement erstattung ruckerstattung reembolso devolucion
money geld argent dinero
price cost preis kosten prix cout precio coste
order bestellung commande pedido
orders bestellungen commandes pedidos
delivery shipping shipment livraison lieferung versand entrega envio
parcel package paket colis paquete
delayed late delay retard verspatet verspatung retraso
missing lost manque fehlt manquant perdu verloren falta perdido
return ruckgabe retour devolver
cancel cancellation annuler annulation stornieren stornierung kundigen cancelar
change modify modifier andern anderung cambiar modificar
broken damaged defective faulty casse defectueux kaputt defekt beschadigt roto danado
crash crashes crashed freezes frozen hangs absturz sturzt hangt bloque
error failure fault erreur fehler panne fallo
slow slowly lent langsam lento
empty blank leer vide vacio
wrong incorrect falsch faux errone incorrecto equivocado
open ouvrir offnen abrir
close fermer schliessen cerrar
start starts boot demarrer startet starten arrancar iniciar
stop stops stopped arreter stoppt parar
install installation installer installieren instalar instalacion
update upgrade actualiser aktualisieren actualizar actualizacion
download telecharger herunterladen descargar
upload hochladen televerser subir
file document fichier datei dokument archivo documento
folder directory dossier ordner carpeta
picture image photo bild foto imagen
sound audio sonido
camera webcam kamera
website site webseite seite web sitio pagina
button bouton knopf taste boton
door porte tur puerta
room zimmer chambre raum habitacion
office buro bureau oficina
key schlussel cle llave
address adresse direccion
name nom nombre
date datum fecha
appointment meeting termin besprechung rendez-vous reunion cita
contract vertrag contrat contrato
license licence lizenz licencia
guarantee warranty garantie garantia
question frage pregunta
help hilfe aide ayuda
customer client kunde cliente
supplier vendor fournisseur lieferant proveedor
shop store laden boutique magasin tienda
product article artikel produkt produit articulo producto
size grosse taille talla
color colour farbe couleur
red rouge rot rojo
blue bleu blau azul
green vert grun verde
black noir schwarz negro
white blanc weiss blanco
water wasser eau agua
light lamp licht lampe lumiere luz
noise noisy gerausch bruit ruido
heating heizung chauffage calefaccion
leak leaks undicht fuite fuga
"""


def _make_meanings():
    meanings = {}
    for line in _LINES.splitlines():
        words = line.split()
        for word in words:
            meanings.setdefault(word, set()).update(words)
    return {word: frozenset(others - {word}) for word, others in meanings.items()}


MEANINGS = _make_meanings()
