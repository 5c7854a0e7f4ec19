"""E-mail messages as applicants send them: phone, office, forwarded, late, with accents in the names of attachments."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
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
    "tejedoras": Letter(
        "Brenda Tapia <{email}>",
        "proyecto",
        "Fri, 19 Apr 2024 21:47:10 -0600",
        "Fri, 19 Apr 2024 21:47:52 -0600",
        "buenas noches lic. ahi va el proyecto de las tejedoras. lo mando de mi celular que es de recarga y ya no tengo muchos datos, si no abre por favor marquenme al 55 5555 0188 y contesta mi tia Fros. gracias dios les cuide\n\nBrenda\nEnviado desde mi teléfono",
        "2024-04-20T03:47:52Z",
    ),
    "parteras": Letter(
        "Dra. Ofelia Ruiz Nango <ofelia@clinica-jobel.example>",
        "RV: Solicitud parteras Tenejapa",
        "Sat, 20 Apr 2024 08:15:33 -0600",
        "Sat, 20 Apr 2024 08:15:41 -0600",
        "Buenos días. Reenvío la solicitud de las compañeras parteras porque en Tenejapa no hay luz desde ayer y a Juana se le quedó el correo en la bandeja. La clínica es aliada y no solicitante. Cualquier duda, por favor directamente con ellas.\n\nOfelia",
        "2024-04-20T14:15:41Z",
        "forwarded",
    ),
    "periodistas": Letter(
        "Mariela Cancino <{email}>",
        "Solicitud CFLI - Tinta Viva",
        "Thu, 18 Apr 2024 17:02:00 -0600",
        "Thu, 18 Apr 2024 17:02:09 -0600",
        "Estimado equipo:\n\nAdjuntamos formulario y presupuesto. Les pedimos no copiar a terceros en su respuesta y usar solo este correo. El teléfono de la guardia está en el formulario.\n\nSaludos,\nMariela Cancino\nRed Tinta Viva",
        "2024-04-18T23:02:09Z",
        "html",
    ),
    "orquesta": Letter(
        "Aurora Beltrán Félix <{email}>",
        "Orquesta Río de Once: solicitud y presupuesto",
        "Sun, 21 Apr 2024 12:20:44 -0700",
        "Sun, 21 Apr 2024 13:20:51 -0600",
        "Hola. Les escribo con el ruido de los clarinetes detrás. Van los dos archivos. Los muchachos leyeron todo y corrigieron dos cosas, así que es la versión final final.\n\nAurora",
        "2024-04-21T19:20:51Z",
    ),
    "buscadoras": Letter(
        "Familias Raíz de Encino <{email}>",
        "Solicitud de las familias",
        "Sun, 21 Apr 2024 18:05:12 -0600",
        "Sun, 21 Apr 2024 18:05:30 -0600",
        "A quien corresponda:\n\nMandamos la solicitud. La escribimos entre muchas; por eso a veces dice yo y a veces nosotras. Discúlpenos las faltas. Les agradecemos que la lean completa.\n\nNorma Alicia Quezada\npor las 94 familias",
        "2024-04-22T00:05:30Z",
        "encoded",
    ),
    "quebec": Letter(
        "Maëlle Thériault-Gamboa <{email}>",
        "Demande Érable-Agave \u2013 lac de Pátzcuaro",
        "Fri, 19 Apr 2024 16:44:02 -0400",
        "Fri, 19 Apr 2024 14:44:20 -0600",
        "Bonjour,\n\nVous trouverez ci-joint notre formulaire et le budget en dollars canadiens, la monnaie de notre compte. L'assemblée des jonquières a relu la version en p'urhépecha.\n\nBien cordialement,\nMaëlle",
        "2024-04-19T20:44:20Z",
    ),
    "atrisk": Letter(
        "una persona <{email}>",
        "pregunta y formato",
        "Wed, 17 Apr 2024 03:12:00 +0000",
        "Tue, 16 Apr 2024 21:12:18 -0600",
        "Buenas noches. Mandamos el formato con lo que se puede escribir. Por favor no contesten con nuestros datos ni pongan el tema en el asunto, y no lo suban a ninguna lista. Si les interesa, digan un lugar y un día y alguien va. Si no les interesa, bórrenlo, por favor.",
        "2024-04-17T03:12:18Z",
    ),
    "clinica": Letter(
        "Adriana Sotelo <{email}>",
        "CFLI application \u2013 refugee legal clinic, Puebla",
        "Fri, 19 Apr 2024 11:31:27 -0600",
        "Fri, 19 Apr 2024 11:31:40 -0600",
        "Dear colleagues,\n\nPlease find our application and the budget (in CAD, as our account is). We would be glad to answer questions in English, Spanish or French.\n\nKind regards,\nAdriana Sotelo\nLegal Clinic on Human Mobility",
        "2024-04-19T17:31:40Z",
        "html",
    ),
    "late": Letter(
        "Nayeli Poot <{email}>",
        "Application Mar Adentro",
        "Mon, 22 Apr 2024 00:12:31 -0600",
        "Mon, 22 Apr 2024 00:13:00 -0600",
        "Dear Embassy, the signal on the island went down with the wind at ten and came back after midnight. I know it is late. The girls asked me to send it anyway.\n\nNayeli",
        "2024-04-22T06:13:00Z",
    ),
    "haitianos": Letter(
        "Roseline Jean-Baptiste Mondésir <{email}>",
        "Demande de la communauté haïtienne de Tijuana",
        "Sun, 21 Apr 2024 22:55:48 -0700",
        "Sun, 21 Apr 2024 23:56:00 -0600",
        "Bonsoir,\n\nIl est presque onze heures à Tijuana, donc presque minuit chez vous : nous avons fini de corriger à l'instant. Voici la demande et le budget. Mèsi anpil.\n\nRoseline",
        "2024-04-22T05:56:00Z",
    ),
}


def attach(message: EmailMessage, path: Path, name: str) -> None:
    main, sub = KINDS[path.suffix]
    message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=name)


def stand_in(number: int, path: Path, manner: str) -> str:
    """The name in the header; old programs' encoded words are put in its place afterwards."""
    return f"XX{number}{path.suffix}" if manner == "encoded" else path.name


def encoded_words(data: bytes, files: list[Path]) -> bytes:
    """Names of files as encoded words inside quotes: against RFC 2047, and common."""
    for number, path in enumerate(files):
        word = quote(path.name, safe="").replace("%20", "_").replace("%", "=")
        data = data.replace(f'"XX{number}{path.suffix}"'.encode(), f'"=?utf-8?Q?{word}?="'.encode())
    return data


def message(key: str, email: str, files: list[Path]) -> EmailMessage:
    letter = LETTERS[key]
    mark = sha256(key.encode()).hexdigest()[:12]
    made = EmailMessage(policy=SMTP)
    made["Received"] = (
        f"from relay.correo.example (relay.correo.example [192.0.2.{10 + len(key)}]) by mx.embajada.example with ESMTPS; {letter.received}"
    )
    made["Received"] = f"from [198.51.100.{20 + len(key)}] by relay.correo.example; {letter.sent}"
    made["From"], made["To"], made["Subject"], made["Date"] = (
        letter.sender.format(email=email),
        TO,
        letter.subject,
        letter.sent,
    )
    made["Message-ID"] = f"<{mark}@correo.example>"
    made.set_content(letter.body, cte="quoted-printable")
    if letter.manner == "html":
        paragraphs = "".join(f"<p>{line}</p>" for line in letter.body.split("\n") if line)
        made.add_alternative(
            f"<html><body>{paragraphs}</body></html>", subtype="html", cte="quoted-printable"
        )
    if letter.manner == "forwarded":
        made.add_attachment(original(files))
    else:
        for number, path in enumerate(files):
            attach(made, path, stand_in(number, path, letter.manner))
    for part in made.walk():
        if part.is_multipart() and not part.get_content_type().startswith("message/"):
            part.set_boundary(f"=-{mark}-{part.get_content_subtype()}")
    return made


def original(files: list[Path]) -> EmailMessage:
    """The message inside the forwarded one."""
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"] = (
        "Juana Girón <contacto@antsetiknujpil.example>",
        "Dra. Ofelia <ofelia@clinica-jobel.example>",
    )
    inner["Subject"], inner["Date"] = (
        "Solicitud parteras Tenejapa",
        "Fri, 19 Apr 2024 15:40:00 -0600",
    )
    inner.set_content(
        "Doctora, aquí está lo de la embajada, por si se va la luz. Lo firmó la mayor con su huella.\nJuana",
        cte="quoted-printable",
    )
    for path in files:
        attach(inner, path, path.name)
    inner.set_boundary("=-0a91-original")
    return inner


def write(key: str, email: str, files: list[Path], target: Path) -> str:
    """Save the message with its attachments; returns the instant of receipt in UTC."""
    data = message(key, email, files).as_bytes()
    target.write_bytes(encoded_words(data, files) if LETTERS[key].manner == "encoded" else data)
    return LETTERS[key].received_at
