"""E-mail messages as applicants send them: phone, office, forwarded, late, with accents in the names of attachments."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

TO = "Fondo Canadá <fondo.canada@embajada.example>"
KINDS = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".jpg": ("image", "jpeg"),
}


@dataclass(frozen=True)
class Letter:
    """One message: who writes, when it left and when the mission's server received it."""

    sender: str
    subject: str
    sent: str
    received: str
    body: str
    received_at: str
    manner: str = "plain"


LETTERS = {
    "tejedoras": Letter("Brenda Tapia <brenda.tejedoras@correo.example>", "proyecto", "Fri, 19 Apr 2024 21:47:10 -0600", "Fri, 19 Apr 2024 21:47:52 -0600",
        "buenas noches lic. ahi va el proyecto de las tejedoras. lo mando de mi celular que es de recarga y ya no tengo muchos datos, si no abre por favor marquenme al 55 5555 0188 y contesta mi tia Fros. gracias dios les cuide\n\nBrenda\nEnviado desde mi teléfono", "2024-04-20T03:47:52Z"),
    "parteras": Letter("Dra. Ofelia Ruiz Nango <ofelia@clinica-jobel.example>", "RV: Solicitud parteras Tenejapa", "Sat, 20 Apr 2024 08:15:33 -0600", "Sat, 20 Apr 2024 08:15:41 -0600",
        "Buenos días. Reenvío la solicitud de las compañeras parteras porque en Tenejapa no hay luz desde ayer y a Juana se le quedó el correo en la bandeja. La clínica es aliada y no solicitante. Cualquier duda, por favor directamente con ellas.\n\nOfelia", "2024-04-20T14:15:41Z", "forwarded"),
    "periodistas": Letter("Mariela Cancino <proteccion@periodistas.example>", "Solicitud CFLI - Tinta Viva", "Thu, 18 Apr 2024 17:02:00 -0600", "Thu, 18 Apr 2024 17:02:09 -0600",
        "Estimado equipo:\n\nAdjuntamos formulario y presupuesto. Les pedimos no copiar a terceros en su respuesta y usar solo este correo. El teléfono de la guardia está en el formulario.\n\nSaludos,\nMariela Cancino\nRed Tinta Viva", "2024-04-18T23:02:09Z", "html"),
    "orquesta": Letter("Aurora Beltrán Félix <contacto@orquesta.example>", "Orquesta Río de Once: solicitud y presupuesto", "Sun, 21 Apr 2024 12:20:44 -0700", "Sun, 21 Apr 2024 13:20:51 -0600",
        "Hola. Les escribo con el ruido de los clarinetes detrás. Van los dos archivos. Los muchachos leyeron todo y corrigieron dos cosas, así que es la versión final final.\n\nAurora", "2024-04-21T19:20:51Z"),
    "buscadoras": Letter("Familias Raíz de Encino <contacto@buscadoras.example>", "Solicitud de las familias", "Sun, 21 Apr 2024 18:05:12 -0600", "Sun, 21 Apr 2024 18:05:30 -0600",
        "A quien corresponda:\n\nMandamos la solicitud. La escribimos entre muchas; por eso a veces dice yo y a veces nosotras. Discúlpenos las faltas. Les agradecemos que la lean completa.\n\nNorma Alicia Quezada\npor las 94 familias", "2024-04-22T00:05:30Z", "encoded"),
    "quebec": Letter("Maëlle Thériault-Gamboa <maelle@quebec.example>", "Demande Érable-Agave – lac de Pátzcuaro", "Fri, 19 Apr 2024 16:44:02 -0400", "Fri, 19 Apr 2024 14:44:20 -0600",
        "Bonjour,\n\nVous trouverez ci-joint notre formulaire et le budget en dollars canadiens, la monnaie de notre compte. L'assemblée des jonquières a relu la version en p'urhépecha.\n\nBien cordialement,\nMaëlle", "2024-04-19T20:44:20Z"),
    "atrisk": Letter("una persona <a4471@correo.example>", "pregunta y formato", "Wed, 17 Apr 2024 03:12:00 +0000", "Tue, 16 Apr 2024 21:12:18 -0600",
        "Buenas noches. Mandamos el formato con lo que se puede escribir. Por favor no contesten con nuestros datos ni pongan el tema en el asunto, y no lo suban a ninguna lista. Si les interesa, digan un lugar y un día y alguien va. Si no les interesa, bórrenlo, por favor.", "2024-04-17T03:12:18Z"),
    "clinica": Letter("Adriana Sotelo <adriana@clinica.example>", "CFLI application – refugee legal clinic, Puebla", "Fri, 19 Apr 2024 11:31:27 -0600", "Fri, 19 Apr 2024 11:31:40 -0600",
        "Dear colleagues,\n\nPlease find our application and the budget (in CAD, as our account is). We would be glad to answer questions in English, Spanish or French.\n\nKind regards,\nAdriana Sotelo\nLegal Clinic on Human Mobility", "2024-04-19T17:31:40Z", "html"),
    "late": Letter("Nayeli Poot <contacto@late.example>", "Application Mar Adentro", "Mon, 22 Apr 2024 00:12:31 -0600", "Mon, 22 Apr 2024 00:13:00 -0600",
        "Dear Embassy, the signal on the island went down with the wind at ten and came back after midnight. I know it is late. The girls asked me to send it anyway.\n\nNayeli", "2024-04-22T06:13:00Z"),
    "haitianos": Letter("Roseline Jean-Baptiste Mondésir <contacto@haitianos.example>", "Demande de la communauté haïtienne de Tijuana", "Sun, 21 Apr 2024 22:55:48 -0700", "Sun, 21 Apr 2024 22:56:00 -0700",
        "Bonsoir,\n\nIl est presque onze heures à Tijuana, donc presque minuit chez vous : nous avons fini de corriger à l'instant. Voici la demande et le budget. Mèsi anpil.\n\nRoseline", "2024-04-22T05:56:00Z"),
}


def attach(message: EmailMessage, path: Path, manner: str) -> None:
    main, sub = KINDS[path.suffix]
    message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    if manner == "encoded":
        part = list(message.iter_attachments())[-1]
        name = f"=?utf-8?Q?{quote(path.name, safe='').replace('%20', '_').replace('%', '=')}?="
        del part["Content-Disposition"]
        part["Content-Disposition"] = "attachment"
        part.set_param("name", name, header="Content-Type")


def message(key: str, files: list[Path]) -> EmailMessage:
    letter = LETTERS[key]
    made = EmailMessage(policy=SMTP)
    made["Received"] = f"from relay.correo.example (relay.correo.example [192.0.2.{10 + len(key)}]) by mx.embajada.example with ESMTPS; {letter.received}"
    made["Received"] = f"from [198.51.100.{20 + len(key)}] by relay.correo.example; {letter.sent}"
    made["From"], made["To"], made["Subject"], made["Date"] = letter.sender, TO, letter.subject, letter.sent
    made["Message-ID"] = f"<{key}-2024@correo.example>"
    made.set_content(letter.body, cte="quoted-printable")
    if letter.manner == "html":
        paragraphs = "".join(f"<p>{line}</p>" for line in letter.body.split("\n") if line)
        made.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html", cte="quoted-printable")
    if letter.manner == "forwarded":
        made.add_attachment(original(files))
    else:
        for path in files:
            attach(made, path, letter.manner)
    for part in made.walk():
        if part.is_multipart() and not part.get_content_type().startswith("message/"):
            part.set_boundary(f"=-{key}-{part.get_content_subtype()}")
    return made


def original(files: list[Path]) -> EmailMessage:
    """The message inside the forwarded one."""
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"] = "Juana Girón <contacto@parteras.example>", "Dra. Ofelia <ofelia@clinica-jobel.example>"
    inner["Subject"], inner["Date"] = "Solicitud parteras Tenejapa", "Fri, 19 Apr 2024 15:40:00 -0600"
    inner.set_content("Doctora, aquí está lo de la embajada, por si se va la luz. Lo firmó la mayor con su huella.\nJuana", cte="quoted-printable")
    for path in files:
        attach(inner, path, "plain")
    inner.set_boundary("=-parteras-original")
    return inner


def write(key: str, files: list[Path], target: Path) -> str:
    """Save the message with its attachments; returns the instant of receipt in UTC."""
    target.write_bytes(message(key, files).as_bytes())
    return LETTERS[key].received_at
