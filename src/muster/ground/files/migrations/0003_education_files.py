from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_by_area'),
    ]

    operations = [
        migrations.CreateModel(
            name='EducationFile',
            fields=[
            ],
            options={
                'verbose_name': '活动文件',
                'verbose_name_plural': '活动文件',
                'abstract': False,
                'proxy': True,
                'base_manager_name': 'objects',
                'indexes': [],
                'constraints': [],
            },
            bases=('files.storedfile',),
        ),
    ]
