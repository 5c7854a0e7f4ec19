"""A sign-in letter belongs to a mailbox, with or without an account, and carries six digits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.DeleteModel("SignInLink"),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "sha256",
                    models.CharField(help_text="Of the link's secret.", max_length=64, unique=True),
                ),
                (
                    "code",
                    models.CharField(help_text="Keyed hash of the six digits.", max_length=64),
                ),
                (
                    "goes_to",
                    models.CharField(blank=True, help_text="A path of ours.", max_length=500),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="sign_in_link_expires")],
            },
        ),
    ]
