// SPDX-License-Identifier: Apache-2.0
#include "ui/common/path_field.h"

#include "support/test_program.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

namespace tst_path_field {

using namespace Qt::StringLiterals;
using ui::PathField;

class PathFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void takesWhatWasChosenFromTheDialog();
    void asksForAFolderWhereOneIsMeant();
    void keepsWhatWasTypedWhereNothingIsChosen();
    void tellsWhatIsTypedFromWhatIsFilledIn();

private:
    /// What the button opens.
    static QFileDialog* browse(PathField& field)
    {
        field.show();
        QTest::mouseClick(field.findChild<QPushButton*>(u"keyFileBrowse"_s), Qt::LeftButton);
        return field.findChild<QFileDialog*>();
    }
    QString makeFile(const QString& name) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file to choose");
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

void PathFieldTest::takesWhatWasChosenFromTheDialog()
{
    PathField field(PathField::Kind::File, u"keyFile"_s, u"File with the key"_s, {});
    QSignalSpy edited(&field, &PathField::edited);
    QSignalSpy changed(&field, &PathField::changed);
    QFileDialog* dialog = browse(field);
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFile);
    const QString file = makeFile(u"acme.key"_s);
    dialog->setDirectory(m_folder.path());
    dialog->selectFile(file);
    dialog->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(file);
    static_cast<QDialog*>(dialog)->accept();
    QCOMPARE(field.path(), file);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(changed.count(), 1);
}

void PathFieldTest::asksForAFolderWhereOneIsMeant()
{
    PathField field(PathField::Kind::Folder, u"keyFile"_s, u"Folder"_s, {});
    QFileDialog* dialog = browse(field);
    QVERIFY(dialog);
    QCOMPARE(dialog->fileMode(), QFileDialog::Directory);
}

void PathFieldTest::keepsWhatWasTypedWhereNothingIsChosen()
{
    PathField field(PathField::Kind::File, u"keyFile"_s, u"File with the key"_s, {});
    field.setPath(u"/etc/acme.key"_s);
    QFileDialog* dialog = browse(field);
    QVERIFY(dialog);
    dialog->reject();
    QCOMPARE(field.path(), u"/etc/acme.key"_s);
}

void PathFieldTest::tellsWhatIsTypedFromWhatIsFilledIn()
{
    PathField field(PathField::Kind::File, u"keyFile"_s, u"File with the key"_s, {});
    QSignalSpy edited(&field, &PathField::edited);
    field.setPath(u"/etc/acme.ke"_s);
    QCOMPARE(edited.count(), 0);
    QTest::keyClicks(field.findChild<QLineEdit*>(), u"y"_s);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(field.path(), u"/etc/acme.key"_s);
}

SEALWRIGHT_WINDOW_TEST(PathFieldTest)

} // namespace tst_path_field

#include "tst_path_field.moc"
