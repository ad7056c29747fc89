// SPDX-License-Identifier: Apache-2.0
#include "ui/vault/vault_gate.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/form.h"
#include "ui/common/icons.h"
#include "ui/common/passphrase_field.h"
#include "ui/common/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int cardWidth = 520;
constexpr int logoSide = 56;

} // namespace

VaultGate::VaultGate(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_banner(new Banner(u"vaultBanner"_s))
    , m_form(new Form)
    , m_title(makeTitle(QString()))
    , m_text(makeFaint(tr("Opening the vault…")))
    , m_passphrase(makePassphraseField(u"vaultPassphrase"_s))
    , m_repeat(makePassphraseField(u"vaultPassphraseRepeat"_s))
    , m_submit(makePrimaryButton(tr("&Unlock"), u"vaultSubmit"_s))
    , m_keyring(makeButton(tr("&Open with the keyring"), u"vaultKeyring"_s, u"key"_s))
{
    m_form->addRow(u"passphrase"_s, tr("&Passphrase"), m_passphrase);
    m_form->addRow(u"repeat"_s, tr("&Again"), m_repeat);
    QFrame* card = makeCard();
    card->setFixedWidth(cardWidth);
    m_card = card;
    auto* logo = new QLabel;
    logo->setPixmap(applicationIcon().pixmap(logoSide, logoSide));
    QVBoxLayout* inside = cardLayout(card);
    inside->addWidget(logo);
    inside->addWidget(m_title);
    inside->addWidget(m_text);
    inside->addWidget(m_banner);
    inside->addWidget(m_form);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_keyring);
    buttons->addWidget(m_submit);
    inside->addLayout(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(card, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    card->hide();
    connect(m_submit, &QPushButton::clicked, this, &VaultGate::submit);
    connect(m_keyring, &QPushButton::clicked, this, [this] { begin(nullptr); });
    connect(m_passphrase, &QLineEdit::returnPressed, this, &VaultGate::submit);
    connect(m_repeat, &QLineEdit::returnPressed, this, &VaultGate::submit);
}

void VaultGate::begin(lifecycle::SharedSecret passphrase)
{
    m_workspace.manager.vaultStatus(this, [this, passphrase](base::Result<lifecycle::VaultStatus> status) {
        if (status)
            return decide(*status, passphrase);
        ask(false);
        m_banner->showError(status.error(), {tr("&Try again"), [this] { begin(nullptr); }});
    });
}

void VaultGate::decide(const lifecycle::VaultStatus& status, const lifecycle::SharedSecret& passphrase)
{
    if (status.operatorOpen)
        return Q_EMIT opened(false);
    const auto reply = [this, create = !status.exists](base::Result<void> done) {
        if (!done)
            ask(create);
        answered(done ? nullptr : &done.error());
    };
    if (passphrase && !status.exists)
        return m_workspace.manager.createVault(passphrase, this, reply);
    if (passphrase)
        return m_workspace.manager.unlockVault(passphrase, this, reply);
    if (!status.exists)
        return createInKeyring();
    if (status.slotKinds.contains(lifecycle::SlotKind::Keyring))
        return unlockFromKeyring(status.slotKinds.contains(lifecycle::SlotKind::Passphrase));
    ask(false);
}

void VaultGate::createInKeyring()
{
    m_workspace.manager.createVaultInKeyring(this, [this](base::Result<void> done) {
        if (done)
            return Q_EMIT opened(true);
        ask(true);
        if (done.error().code() != base::ErrorCode::Unsupported)
            m_banner->showError(done.error());
    });
}

void VaultGate::unlockFromKeyring(bool hasPassphrase)
{
    m_workspace.manager.unlockVaultFromKeyring(this, [this, hasPassphrase](base::Result<void> done) {
        if (done)
            return answered(nullptr);
        ask(false);
        offerWays(hasPassphrase, false);
        m_banner->showError(done.error(), {tr("&Try again"), [this] { begin(nullptr); }});
    });
}

void VaultGate::askAgain(const lifecycle::VaultStatus& status)
{
    const bool passphrase = status.slotKinds.contains(lifecycle::SlotKind::Passphrase);
    const bool keyring = status.slotKinds.contains(lifecycle::SlotKind::Keyring);
    m_banner->hide();
    ask(false);
    offerWays(passphrase || !keyring, keyring);
}

void VaultGate::offerWays(bool passphrase, bool keyring)
{
    m_form->setVisible(passphrase);
    m_submit->setVisible(passphrase);
    m_keyring->setVisible(keyring);
    if (keyring)
        m_text->setText(passphrase ? tr("The passphrase or the desktop's keyring opens the keys and credentials kept "
                                        "here.")
                                   : tr("The desktop's keyring opens the keys and credentials kept here."));
    if (keyring && !passphrase)
        m_keyring->setFocus();
}

void VaultGate::ask(bool create)
{
    m_create = create;
    offerWays(true, false);
    m_title->setText(create ? tr("Choose a passphrase") : tr("The vault is locked"));
    m_text->setText(create
                        ? tr("Keys and credentials are kept encrypted in a vault. No desktop keyring answers here, so "
                             "a passphrase opens it; nobody can recover it for you.")
                        : tr("Type the passphrase to open the keys and credentials kept here."));
    m_form->setRowVisible(u"repeat"_s, create);
    m_form->setHint(u"passphrase"_s, create ? tr("At least %1 characters.").arg(shortestPassphrase) : QString());
    m_submit->setText(create ? tr("&Create the vault") : tr("&Unlock"));
    m_submit->setAccessibleName(m_submit->text().remove(u'&'));
    m_submit->setEnabled(true);
    m_card->show();
    m_passphrase->setFocus();
    Q_EMIT asking();
}

bool VaultGate::acceptable()
{
    m_form->clearFaults();
    if (m_passphrase->text().isEmpty())
        m_form->setFault(u"passphrase"_s, tr("Type the passphrase."), true);
    else if (m_create && m_passphrase->text().size() < shortestPassphrase)
        m_form->setFault(u"passphrase"_s, tr("It has fewer than %1 characters.").arg(shortestPassphrase), true);
    else if (m_create && m_passphrase->text() != m_repeat->text())
        m_form->setFault(u"repeat"_s, tr("The two are not the same."), true);
    else
        return true;
    return false;
}

void VaultGate::submit()
{
    if (!m_submit->isEnabled() || !acceptable())
        return;
    m_submit->setEnabled(false);
    m_banner->hide();
    m_repeat->clear();
    const auto reply = [this](base::Result<void> done) { answered(done ? nullptr : &done.error()); };
    const lifecycle::SharedSecret secret = takeSecret(m_passphrase);
    if (m_create)
        m_workspace.manager.createVault(secret, this, reply);
    else
        m_workspace.manager.unlockVault(secret, this, reply);
}

void VaultGate::answered(const base::Error* error)
{
    m_submit->setEnabled(true);
    if (!error) {
        m_card->hide();
        m_banner->hide();
        return Q_EMIT opened(false);
    }
    m_banner->showError(*error);
    m_passphrase->setFocus();
}

} // namespace ui
